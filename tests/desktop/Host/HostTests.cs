using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Host;

/// <summary>What the host promises, over every network and over networks that misbehave.</summary>
[TestClass]
public sealed class HostTests
{
    private const byte V5 = ProtocolVersion.V5;
    private const int LimitMs = 60_000;

    /// <summary>Each network, as it is and restless.</summary>
    public static IEnumerable<object[]> All()
    {
        return HostRig.Names().SelectMany(
            name => (bool[])[false, true], (name, isRestless) => new[] { name[0], isRestless });
    }

    /// <summary>Each network.</summary>
    public static IEnumerable<object[]> Plain()
    {
        return HostRig.Names();
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [DynamicData(nameof(All))]
    public void Messages_AllArriveInOrder(string network, bool isRestless)
    {
        const int Messages = 300;
        using HostRig rig = Rig(network, isRestless);
        using RawClient reader = rig.Connect(V5, "reader");
        reader.Subscribe(V5, "t");
        using RawClient one = rig.Connect(V5, "one");
        using RawClient two = rig.Connect(ProtocolVersion.V311, "two");
        for (int i = 0; i < Messages; i++)
        {
            RawClient writer = i % 2 == 0 ? one : two;
            writer.Publish(i % 2 == 0 ? V5 : ProtocolVersion.V311, "t", $"{i % 2}:{i}");
        }

        var next = new[] { 0, 1 };
        for (int i = 0; i < Messages; i++)
        {
            string text = Encoding.UTF8.GetString(reader.ReadPacket().AsSpan(6));
            int writer = text[0] - '0';
            Assert.AreEqual($"{writer}:{next[writer]}", text);
            next[writer] += 2;
        }
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [DynamicData(nameof(All))]
    public void Stop_TellsEverybodyAndEnds(string network, bool isRestless)
    {
        using HostRig rig = Rig(network, isRestless);
        RawClient[] clients =
            [.. Enumerable.Range(0, 10).Select(i => rig.Connect(V5, "client" + i))];
        rig.Host.Stop();
        foreach (RawClient client in clients)
        {
            byte[] disconnect = client.ReadPacket();
            Assert.AreEqual(0xE0, disconnect[0]);
            Assert.AreEqual(ReasonCode.ServerShuttingDown, disconnect[2]);
            Assert.IsNull(client.ReadPacket());
            client.Dispose();
        }

        rig.WaitForEnd();
    }

    /// <summary>The waits of this network do not end by time: nothing may rely on it.</summary>
    [TestMethod]
    [Timeout(LimitMs)]
    [DynamicData(nameof(Plain))]
    public void Stop_WakesTheLoopAndWaitsForNobodyWhoIsGone(string network)
    {
        using HostRig rig = new(
            new FaultyNetwork(Networks.Create(network)) { WaitsForEventsOnly = true });
        RawClient leaves = rig.Connect(V5, "leaves");
        leaves.SendHex("e0 00");
        Assert.IsNull(leaves.ReadPacket());
        leaves.Dispose();
        RawClient resets = rig.Connect(V5, "resets");
        resets.Reset();
        rig.Events.WaitFor(nameof(BrokerEvent.Lost));
        for (int i = 0; i < 10; i++)
        {
            // The first ones may come in a turn that goes on already.
            Assert.AreEqual(0, rig.Ask(() => rig.Broker.OpenConnections));
        }

        rig.Host.Stop();
        rig.WaitForEnd();
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [DynamicData(nameof(All))]
    public void Reset_IsNoticed(string network, bool isRestless)
    {
        using HostRig rig = Rig(network, isRestless);
        rig.Connect(V5, "resets").Reset();
        rig.Events.WaitFor(nameof(BrokerEvent.Lost));
        Assert.AreEqual(0, rig.Ask(() => rig.Broker.OpenConnections));
    }

    /// <summary>Its PUBACKs are not taken, so after some packets nothing is read from it.</summary>
    [TestMethod]
    [Timeout(LimitMs)]
    [DynamicData(nameof(Plain))]
    public void Reset_WhileReadingIsPaused_IsNoticed(string network)
    {
        var faulty = new FaultyNetwork(Networks.Create(network));
        using var rig = new HostRig(faulty);
        RawClient client = rig.Connect(ProtocolVersion.V311, "paused");
        faulty.BlocksSending = true;
        byte[] publish = [0x32, 5, 0, 1, (byte)'t', 0, 7];
        while (rig.Ask(() => rig.Host.PausedConnections) == 0)
        {
            client.Send(publish);
        }

        client.Reset();
        rig.Events.WaitFor(nameof(BrokerEvent.Lost));
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [DynamicData(nameof(All))]
    public void HalfClosedPeer_StillGetsItsAnswer(string network, bool isRestless)
    {
        using HostRig rig = Rig(network, isRestless);
        using var client = new RawClient(rig.Port);
        client.SendHex("10 0d 0004 'MQTT' 04 02 0000 0001 'h'");
        client.EndSending();
        Assert.AreEqual(0x20, client.ReadPacket()[0]);
        Assert.IsNull(client.ReadPacket());
        rig.Events.WaitFor(nameof(BrokerEvent.Lost));
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [DynamicData(nameof(Plain))]
    public void NoHandle_IsSaidOnce_OthersAreServed_AndComersLater(string network)
    {
        var faulty = new FaultyNetwork(Networks.Create(network));
        using var rig = new HostRig(faulty);
        using RawClient first = rig.Connect(V5, "first");
        faulty.HasNoHandles = true;
        using var second = new RawClient(rig.Port);
        rig.Events.WaitFor("no handles");
        first.SendHex("c0 00");
        Assert.AreEqual(0xD0, first.ReadPacket()[0]);
        faulty.HasNoHandles = false;
        Assert.AreEqual(0x20, second.Connect(V5, "second")[0]);
        Assert.AreEqual(1, rig.Events.Count("no handles"));
        Assert.AreEqual(1, rig.Events.Count("handles"));
    }

    /// <summary>Every client gets on, though many are told to wait in turn.</summary>
    [TestMethod]
    [Timeout(LimitMs)]
    [DynamicData(nameof(All))]
    public void MoreComersThanSlots_AllGetTheirTurn(string network, bool isRestless)
    {
        using HostRig rig = Rig(network, isRestless);
        for (int i = 0; i < 60; i++)
        {
            using RawClient client = rig.Connect(V5, "comer" + i);
            client.SendHex("e0 00");
            Assert.IsNull(client.ReadPacket());
        }
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [DynamicData(nameof(Plain))]
    public void AnyAddress_TakesIPv4AndIPv6(string network)
    {
        if (!Socket.OSSupportsIPv6)
        {
            Assert.Inconclusive("needs IPv6");
        }

        using var rig = new HostRig(Networks.Create(network), null, IPAddress.IPv6Any);
        using RawClient four = rig.Connect(V5, "four");
        using var six = new Socket(
            AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        six.Connect(IPAddress.IPv6Loopback, rig.Port);
        six.Send(Hex.Parse("10 0d 0004 'MQTT' 04 02 0000 0001 'h'"));
        rig.Events.WaitFor(nameof(BrokerEvent.Connected), 2);
        string[] remotes = rig.Ask(() => (string[])[rig.Host.RemoteOf(0).ToString(),
            rig.Host.RemoteOf(1).ToString()]);
        CollectionAssert.Contains(remotes, four.Address, "IPv4 is shown as IPv4");
        CollectionAssert.Contains(remotes, six.LocalEndPoint.ToString());
    }

    private static HostRig Rig(string network, bool isRestless)
    {
        return new HostRig(new FaultyNetwork(Networks.Create(network)) { IsRestless = isRestless });
    }
}
