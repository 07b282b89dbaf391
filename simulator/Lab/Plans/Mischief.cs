using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Lab.Plans;

/// <summary>What a hostile client sends: packets cut, bent, repeated, in a wrong order.</summary>
internal sealed class Mischief(
    Random random, ClientSpec client, int index, List<Happening> events, long endMs)
{
    private const int ConnectMs = 1000;
    private const int MostFigures = 33;

    private static readonly int[] _mostFlood = [400, 3000, 65_000];

    /// <summary>Adds its deeds to a scenario.</summary>
    public void Add()
    {
        for (int more = random.Next(1, 20); more > 0; more--)
        {
            long at = random.NextInt64(endMs);
            switch (random.Next(20))
            {
                case < 4:
                    Happen(at, Deed.Reset, null);
                    break;
                case < 8:
                    Happen(at, Deed.Connect, null);
                    break;
                case 8:
                    AsConnected(at, Flood());
                    break;
                case 9:
                    AsConnected(at, AskForFigures());
                    break;
                default:
                    Happen(at, Deed.SendBytes, Convert.ToHexString(Bytes()));
                    break;
            }
        }
    }

    private void AsConnected(long at, byte[] bytes)
    {
        Happen(at, Deed.Connect, null);
        Happen(Math.Min(at + ConnectMs, endMs), Deed.SendBytes, Convert.ToHexString(bytes));
    }

    private void Happen(long at, Deed what, string? hex) =>
        events.Add(new Happening { AtMs = at, Do = what, Client = index, Hex = hex });

    /// <summary>As many small packets as go into one segment.</summary>
    private byte[] Flood()
    {
        var bytes = new List<byte>();
        int most = random.Next(1, _mostFlood[random.Next(_mostFlood.Length)]);
        while (bytes.Count < most)
        {
            bytes.AddRange(PacketBytes.Of(new Packet(PacketKind.Publish)
            {
                Version = client.Version,
                Topic = random.Next(4) == 0 ? "b/1/1" : "a",
                Payload = Noise(random.Next(5, 9)),
            }));
        }

        return [.. bytes];
    }

    private byte[] AskForFigures() => PacketBytes.Of(new Packet(PacketKind.Subscribe)
    {
        Version = client.Version,
        PacketId = 7,
        Filters =
        [
            .. Enumerable.Range(0, random.Next(1, MostFigures)).Select(_ =>
                (SysTopics.Prefix + SysTopics.NameOf(random.Next(SysTopics.Count)), 0)),
        ],
    });

    private byte[] Bytes()
    {
        var bytes = new List<byte>();
        for (int more = random.Next(1, 4); more > 0; more--)
        {
            bytes.AddRange(Bent(PacketBytes.Of(Packet() with { Version = client.Version })));
        }

        return [.. bytes];
    }

    private byte[] Bent(byte[] packet)
    {
        switch (random.Next(6))
        {
            case 0:
                packet[random.Next(packet.Length)] ^= (byte)(1 << random.Next(8));
                return packet;
            case 1:
                return packet[..random.Next(1, packet.Length + 1)];
            case 2:
                return Noise(random.Next(1, 40));
            case 3:
                packet[1] = (byte)random.Next(256);
                return packet;
            default:
                return packet;
        }
    }

    private byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private Packet Packet() => random.Next(11) switch
    {
        0 => new Packet(PacketKind.Connect) { ClientId = client.Id, CleanStart = true },
        1 => new Packet(PacketKind.Subscribe) { PacketId = 1, Filters = [("#", random.Next(3))] },
        2 => new Packet(PacketKind.Subscribe)
        {
            PacketId = random.Next(2),
            Filters = [("a/#/b", 0), ("$share/g/a", 0)],
        },
        3 => new Packet(PacketKind.Unsubscribe) { PacketId = 9, Filters = [("a", 0)] },
        4 => new Packet((PacketKind)random.Next(1, 16)) { PacketId = random.Next(3) },
        5 => new Packet(PacketKind.Disconnect) { Code = 4 },
        6 => new Packet(PacketKind.Publish) { Topic = "a/+", Payload = [1] },
        7 => new Packet(PacketKind.Subscribe)
        {
            PacketId = 8,
            Filters = [("$share/g/a", 0), ("a", 0), ("b/#", 1)],
        },
        8 => new Packet(PacketKind.Unsubscribe) { PacketId = 7, Filters = [("a", 0), ("c", 0)] },
        _ => new Packet(PacketKind.Publish)
        {
            Topic = "a",
            Qos = random.Next(4),
            PacketId = 5,
            Retain = random.Next(3) == 0,
            Payload = Noise(random.Next(5, 200)),
        },
    };
}
