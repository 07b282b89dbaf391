using System;
using System.Collections.Generic;
using System.Globalization;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Who has seen some of the Client Identifiers that the broker assigns cannot foresee the next: no
/// two of them are as far apart as two others.
/// </summary>
public sealed class IdentifiersChecker() : Checker("secrets")
{
    private const int Digits = 16;
    private const int MostKept = 30;

    private readonly List<ulong> _numbers = [];
    private readonly HashSet<ulong> _distances = [];

    /// <inheritdoc/>
    public override void Started()
    {
        _numbers.Clear();
        _distances.Clear();
    }

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
        if (packet.Kind != PacketKind.Connack || _numbers.Count == MostKept
            || packet.Text(Property.AssignedClientIdentifier) is not { } text)
        {
            return;
        }

        ulong number = ulong.Parse(text[^Digits..], NumberStyles.HexNumber, null);
        foreach (ulong other in _numbers)
        {
            Require(_distances.Add(Math.Min(number - other, other - number)),
                $"{text} is as far from an earlier one as two others are: it can be foreseen");
        }

        _numbers.Add(number);
    }
}
