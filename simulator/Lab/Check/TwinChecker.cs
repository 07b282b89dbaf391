using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Lab.Record;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Nothing that is sent depends on a secret: a second broker, with another HashSeed or another key
/// for Client Identifiers, is given the same verbs and has to say the same. Only identifiers that
/// it assigns follow their key, and they have to.
/// </summary>
/// <remarks>
/// No host is around the second broker, so what a verb allocates can be seen there: nothing may.
/// </remarks>
internal sealed partial class TwinChecker : Checker
{
    /// <summary>Who fails when something was allocated.</summary>
    public const string Allocation = "allocation";

    private const int Share = 2;

    private MqttBroker? _twin;
    private byte[] _buffer = [];
    private bool _hasOtherKey;

    public TwinChecker()
        : base("secrets")
    {
        CoreWarmup.Require();
        Tap = new Ear(this);
    }

    /// <summary>To be told of every verb.</summary>
    public VerbTap Tap { get; }

    /// <inheritdoc/>
    public override void Started()
    {
        _twin = null;
        if (Facts.Settings.HashSeed % Share != 0)
        {
            return; // A part of the runs will do.
        }

        var settings = new BrokerSettings();
        FieldText.Copy(Facts.Settings, settings);
        _hasOtherKey = Facts.Settings.HashSeed % (2 * Share) != 0;
        if (_hasOtherKey)
        {
            settings.ClientIdKey0 ^= 0x5DEECE66D;
        }
        else
        {
            settings.HashSeed ^= 0x2545F491;
        }

        _twin = new MqttBroker(
            Facts.Limits, settings, new OpenAuthenticator(true), null, Facts.NowMs);
    }

    private void Compare(int slot, ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs)
    {
        if (!_hasOtherKey)
        {
            CompareSeeds(slot, ours, theirs);
            return;
        }

        if (ours.SequenceEqual(theirs) && !HasAssigned(ours))
        {
            return;
        }

        // The first bytes of a connection hold its CONNACK, whole.
        Packet[] one = Read(ours);
        Packet[] other = Read(theirs);
        Require(one.Length == other.Length && one.Length > 0, "more is sent with another key");
        for (int i = 0; i < one.Length; i++)
        {
            Require(Without(one[i]) == Without(other[i]),
                $"what is sent depends on the key of Client Identifiers: {one[i]}, {other[i]}");
            Require(!one[i].Has(Property.AssignedClientIdentifier)
                || one[i].ToString() != other[i].ToString(),
                $"the identifier in {one[i]} does not depend on its key");
        }
    }

    // Hashes decide how many steps a search for retained messages takes, and so how much is sent at
    // a time. From there on the two are not in step, and the comparison ends.
    private void CompareSeeds(int slot, ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs)
    {
        if (ours.SequenceEqual(theirs))
        {
            return;
        }

        byte[] one = WithoutReplays(ours);
        byte[] other = WithoutReplays(theirs);
        int common = Math.Min(one.Length, other.Length);
        Require(one.AsSpan(0, common).SequenceEqual(other.AsSpan(0, common)),
            $"what is sent to slot {slot} depends on HashSeed: {Convert.ToHexString(one)}, "
            + $"with another one {Convert.ToHexString(other)}");
        _twin = null;
    }

    private static byte[] WithoutReplays(ReadOnlySpan<byte> bytes)
    {
        var rest = new List<byte>();
        for (int at = 0, size; at < bytes.Length; at += size)
        {
            int left = bytes.Length - at;
            size = FixedHeaderSize.Of(bytes[at..], out _);
            size = size > 0 ? Math.Min(size, left) : left;
            if (bytes[at] != Router.RetainedHeader)
            {
                rest.AddRange(bytes.Slice(at, size));
            }
        }

        return [.. rest];
    }

    private static bool HasAssigned(ReadOnlySpan<byte> bytes) => bytes.Length > 4
        && bytes[0] == (byte)PacketKind.Connack << 4
        && Read(bytes) is [var connack, ..] && connack.Has(Property.AssignedClientIdentifier);

    private static Packet[] Read(ReadOnlySpan<byte> bytes)
    {
        var packets = new List<Packet>();
        var reader = new PacketReader { Version = 5 };
        reader.Add(bytes);
        try
        {
            while (reader.Next() is { } packet)
            {
                packets.Add(packet);
            }
        }
        catch (InvalidDataException)
        {
            packets.Clear(); // Of 3.1.1, or the rest of a packet: nothing is assigned there.
        }

        return [.. packets];
    }

    private static string Without(Packet packet) => (packet with
    {
        Properties =
            [.. packet.Properties.Where(p => p.Id != Property.AssignedClientIdentifier)],
    }).ToString();
}
