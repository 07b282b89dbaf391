using System;
using System.Collections.Generic;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// A Will is published when its session has ended in a way that publishes it, and not before; and
/// once: whoever gets it gets one, and it is taken off the list of those that are due.
/// </summary>
/// <remarks>Clients of the laboratory number their Wills, so each can be told apart.</remarks>
public sealed class WillChecker() : Checker("will")
{
    private readonly Dictionary<(string Topic, int Number), int> _due = [];
    private readonly HashSet<(Session Session, int Place)> _got = [];
    private int _ended;

    /// <inheritdoc/>
    public override void Started()
    {
        _due.Clear();
        _got.Clear();
        _ended = 0;
    }

    /// <inheritdoc/>
    public override void Ended(Session session, Told told, bool leavesWill)
    {
        if (leavesWill && session.Connect?.Will is { } will && !TopicRules.IsSys(will.Topic))
        {
            _due[(will.Topic, NumberOf(will))] = _ended++;
        }
    }

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
        if (!IsWill(packet))
        {
            return;
        }

        bool wasDue = _due.TryGetValue((packet.Topic, NumberOf(packet)), out int place);
        Require(wasDue, $"{session} got the Will {packet} of a session that did not leave it");
        int published = _ended - CoreInside.Wills(Facts.Broker).DueCount;
        Require(place < published,
            $"{session} got the Will {packet}, which is still due: it goes out once more");
        Require(packet.Retain || _got.Add((session, place)),
            $"{session} got the Will {packet} twice");
    }

    private static bool IsWill(Packet packet) => packet.Payload.Length == 4
        && packet.Topic.StartsWith("will/", StringComparison.Ordinal);

    private static int NumberOf(Packet packet) =>
        packet.Payload.Length == 4 ? BitConverter.ToInt32(packet.Payload) : -1;
}
