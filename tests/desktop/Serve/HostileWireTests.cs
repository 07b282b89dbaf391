using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Text;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>
/// The broker as a process survives anything on the wire, goes on serving, and has not grown.
/// </summary>
[TestClass]
public sealed class HostileWireTests
{
    private const int Seed = 20261120;
    private const long MostGrowth = 8 * 1024 * 1024;

    [TestMethod]
    public void RandomBytes_AreRefused() => Survives(port => Noise(port, 300));

    [TestMethod]
    public void MutatedPackets_AreRefused() => Survives(port => Mutated(port, 300));

    [TestMethod]
    public void SixtyFiveThousandSlashes_AreRefused() => Survives(Slashes);

    [TestMethod]
    public void ConnectOf256MegabytesAnnounced_IsRefusedAtOnce() => Survives(Announced);

    [TestMethod]
    public void HalfPacketsAndSilence_HoldNobodyUp() => Survives(port => HalfPackets(port, 100));

    [TestMethod]
    public void AllOfThem_AgainAndAgain_DoNotGrowTheBroker()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("log_type none");
        long first = 0;
        for (int round = 0; round < 6; round++)
        {
            Noise(simulator.Port, 200);
            Mutated(simulator.Port, 200);
            Slashes(simulator.Port);
            Announced(simulator.Port);
            HalfPackets(simulator.Port, 50);
            AssertServes(simulator.Port);
            // The first rounds compile code and touch memory that was taken at the start.
            first = round == 2 ? simulator.ResidentBytes() : first;
        }

        long growth = simulator.ResidentBytes() - first;
        Assert.IsLessThan(MostGrowth, growth, $"resident bytes grew by {growth}");
    }

    private static void Survives(Action<int> attack)
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve();
        attack(simulator.Port);
        AssertServes(simulator.Port);
    }

    private static void AssertServes(int port)
    {
        using RawClient subscriber = RawClient.Connected(port, ProtocolVersion.V5, "after-sub");
        subscriber.Subscribe(ProtocolVersion.V5, "after/+");
        using RawClient publisher = RawClient.Connected(port, ProtocolVersion.V311, "after-pub");
        publisher.Publish(ProtocolVersion.V311, "after/all", "served");
        byte[] packet = subscriber.ReadPacket();
        Assert.IsTrue(Encoding.UTF8.GetString(packet).EndsWith("served", StringComparison.Ordinal));
    }

    private static void Noise(int port, int count)
    {
        var random = new Random(Seed);
        for (int i = 0; i < count; i++)
        {
            using var client = new RawClient(port);
            var bytes = new byte[random.Next(1, 2000)];
            random.NextBytes(bytes);
            if (i % 2 == 0)
            {
                bytes[0] = 0x10;
            }

            Try(() => client.Send(bytes));
        }
    }

    private static void Mutated(int port, int count)
    {
        var random = new Random(Seed);
        var maker = new PacketMaker(random);
        var bender = new PacketBender(random);
        for (int i = 0; i < count; i++)
        {
            byte version = i % 2 == 0 ? ProtocolVersion.V5 : ProtocolVersion.V311;
            using var client = new RawClient(port);
            Try(() =>
            {
                client.Send(Bytes(maker.Make(PacketKind.Connect, version)));
                for (int k = 0; k < 10; k++)
                {
                    client.Send(Bytes(maker.FromClient(version)));
                }
            });
        }

        byte[] Bytes(Packet packet)
        {
            byte[] bytes = PacketBytes.Of(packet);
            return random.Next(20) == 0 ? bender.Bend(bytes) : bytes;
        }
    }

    private static void Slashes(int port)
    {
        foreach (byte version in new[] { ProtocolVersion.V311, ProtocolVersion.V5 })
        {
            var name = new byte[65_000];
            Array.Fill(name, (byte)'/');
            byte[] properties = version == ProtocolVersion.V5 ? [0] : [];
            byte[] text = [(byte)(name.Length >> 8), (byte)name.Length, .. name];
            using RawClient publisher = RawClient.Connected(port, version, "slash-pub");
            Try(() => publisher.Send(Packet(0x30, [.. text, .. properties])));
            using RawClient subscriber = RawClient.Connected(port, version, "slash-sub");
            subscriber.Send(Packet(0x82, [0, 1, .. properties, .. text, 0]));
            byte[] suback = subscriber.ReadPacket();
            Assert.AreEqual(0x90, suback[0]);
            Assert.IsGreaterThanOrEqualTo((byte)0x80, suback[^1]);
        }
    }

    private static void Announced(int port)
    {
        using var client = new RawClient(port);
        client.Send([0x10, 0xFF, 0xFF, 0xFF, 0x7F, 0x00]);
        Assert.IsNull(client.ReadPacket());
    }

    private static void HalfPackets(int port, int count)
    {
        var open = new List<RawClient>();
        for (int i = 0; i < count; i++)
        {
            var client = new RawClient(port);
            open.Add(client);
            client.Send([0x10, 0x30, 0x00, 0x04]);
        }

        AssertServes(port);
        open.ForEach(client => client.Dispose());
    }

    private static byte[] Packet(byte first, byte[] body)
    {
        var length = new byte[4];
        int used = FixedHeader.WriteRemainingLength(length, 0, body.Length);
        return [first, .. length.AsSpan(0, used), .. body];
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (SocketException)
        {
            // The broker has closed the connection already, as it should.
        }
    }
}
