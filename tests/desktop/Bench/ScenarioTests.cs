using System;
using System.Linq;
using System.Net;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Bench;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Tests.Desktop.Host;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Bench;

/// <summary>Each scenario with a real broker over real sockets.</summary>
[TestClass]
public sealed class ScenarioTests
{
    private static readonly Load _short = new() { Seconds = 0.1, WarmUpS = 0.05, Clients = 6 };

    [TestMethod]
    [DataRow("fanin")]
    [DataRow("fanout")]
    [DataRow("pairs")]
    [DataRow("wild")]
    [DataRow("pingpong")]
    [DataRow("connects")]
    [DataRow("retained")]
    public void EachScenario_BothVersionsAndAllSizes_NothingIsLost(string name)
    {
        using OwnBroker broker = OwnBroker.StartHere();
        Scenario scenario = Scenarios.Find(name);
        int[] sizes = scenario.HasPayload ? [0, 1, 16, 1000, 60_000] : [0];
        foreach (int version in new[] { 4, 5 })
        {
            foreach (int size in sizes)
            {
                string what = $"{name}, version {version}, {size} bytes";
                BenchResult result = scenario.Run(
                    broker.Target, _short with { Version = version, Payload = size });
                Assert.AreEqual(0, result.Lost, what);
                Assert.AreEqual(0, result.Disorder, what);
                Assert.AreEqual(0, result.Gone, what);
                Assert.IsGreaterThan(0, name == "connects" ? result.Value : result.Delivered, what);
                Assert.AreEqual(
                    size >= 16 || name is "pingpong" or "connects" or "retained",
                    result.LatencyUs.Count > 0, what);
            }
        }
    }

    [TestMethod]
    [DataRow("fanin", 1)]
    [DataRow("fanin", 2)]
    [DataRow("fanout", 1)]
    [DataRow("fanout", 2)]
    [DataRow("pairs", 1)]
    [DataRow("pairs", 2)]
    [DataRow("wild", 1)]
    [DataRow("wild", 2)]
    [DataRow("pingpong", 1)]
    [DataRow("pingpong", 2)]
    public void EachFlow_AtQos1And2_NothingIsLost_AndTheBrokerIsAcknowledged(string name, int qos)
    {
        const int Window = 2;
        const int Clients = 20;
        var limits = new DesktopLimits { MaxConnections = 500, MaxInflight = Window };
        using var rig = new HostRig(Networks.Create(null), limits.ToBrokerLimits(), maxQos: 2);
        var target = new Target("x", new IPEndPoint(IPAddress.Loopback, rig.Port), null);
        foreach (int version in new[] { 4, 5 })
        {
            foreach (int size in new[] { 0, 64, 60_000 })
            {
                string what = $"{name}, QoS {qos}, version {version}, {size} bytes";
                long received = Received(rig);
                BenchResult result = Scenarios.Find(name).Run(target, _short with
                {
                    Version = version,
                    Payload = size,
                    Qos = qos,
                    Inflight = Window,

                    // What waits in a session is limited to 16 MiB.
                    Window = size == 60_000 ? 10 : null,
                });
                Assert.AreEqual(0, result.Lost, what);
                Assert.AreEqual(0, result.Disorder, what);
                Assert.AreEqual(0, result.Gone, what);

                // PUBACK; or PUBREL, PUBREC and PUBCOMP. The last ones have not been read.
                long acknowledged = (qos == 1 ? 0 : result.Sent) + qos * result.Delivered;
                Assert.IsGreaterThanOrEqualTo(
                    acknowledged - 3 * Clients * Window, Received(rig) - received, what);
            }
        }
    }

    [TestMethod]
    public void Flood_AtQos1_WaitsForAcknowledgements()
    {
        using OwnBroker broker = OwnBroker.StartHere();
        using var mute = new ClientLoop(broker.Target.Address, _short);
        BenchClient client = BenchClient.New("p", 0);
        mute.Open([client], 1);
        var publisher = new Publisher(client, _short with { Qos = 1, Inflight = 3 }, "t");
        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(publisher.HasRoom, $"message {i}");
            publisher.Add(0);
        }

        Assert.IsFalse(publisher.HasRoom, "three are not acknowledged");
        mute.Flush(client);
        while (!publisher.HasRoom)
        {
            mute.Poll(1000);
        }
    }

    [TestMethod]
    public void OpenLoop_SendsAtItsRate()
    {
        using OwnBroker broker = OwnBroker.StartHere();
        BenchResult result = Scenarios.Find("fanin").Run(
            broker.Target, _short with { Rate = 1000, Payload = 16 });
        Assert.AreEqual(result.Sent, result.Delivered);
        Assert.IsInRange(1L, 1000 * 10, result.Sent, "far from the rate");
    }

    [TestMethod]
    public void WhatDoesNotCome_IsLost_AndTheRestGoesOn()
    {
        using OwnBroker broker = OwnBroker.StartHere();
        var twice = new FlowScenario(
            "twice", "expects each message twice", n => Layout.FanIn(n) with { Fan = 2 }, 2, 10);
        BenchResult result = twice.Run(broker.Target, _short with { Window = 0, Payload = 1000 });
        Assert.IsGreaterThan(0, result.Sent);
        Assert.AreEqual(result.Sent, result.Delivered);
        Assert.AreEqual(result.Sent, result.Lost);
    }

    [TestMethod]
    public void Retained_ThatFails_TakesBackWhatItPublished()
    {
        // Topic Names of 18 bytes, and from the eleventh message on of 19.
        const int Payload = 1000;
        const int MostBytes = 3 + 2 + 18 + Payload;
        using var rig = new HostRig(Networks.Create(null),
            new BrokerLimits { MaxPacketSize = MostBytes, MaxConnectRate = 0 });
        var target = new Target("x", new IPEndPoint(IPAddress.Loopback, rig.Port), null);
        Assert.ThrowsExactly<BenchException>(() => Scenarios.Find("retained").Run(
            target, _short with { Clients = 20, Payload = Payload }));
        Assert.IsGreaterThan(10L, rig.Ask(() => rig.Broker.CounterOf(Counter.MessagesReceived)));
        Assert.AreEqual(0, rig.Ask(() => Enumerable.Range(0, rig.Broker.RetainedPlaces())
            .Count(place => rig.Broker.ReadRetainedName(place, new byte[100]) > 0)));
    }

    [TestMethod]
    public void Idle_IsMeasuredFirst_AndInOneRoundOnly()
    {
        using OwnBroker broker = OwnBroker.StartHere();
        var comparison = new Comparison(
            [broker.Target with { ProcessId = Environment.ProcessId }],
            BenchOptions.ScenariosOf("pingpong,idle"), [16], _short, 2);
        comparison.Run(default);
        CollectionAssert.AreEqual(new[] { "idle", "pingpong", "pingpong" },
            comparison.Results.Select(result => result.Scenario).ToArray());
        Assert.AreEqual("idle", Scenarios.All[0].Name);
    }

    [TestMethod]
    public void Refused_SaysWhy()
    {
        using var rig = new HostRig(
            Networks.Create(null), new BrokerLimits { MaxConnections = 3, MaxConnectRate = 0 });
        var target = new Target("x", new IPEndPoint(IPAddress.Loopback, rig.Port), null);
        var e = Assert.ThrowsExactly<BenchException>(
            () => Scenarios.Find("pairs").Run(target, _short));
        StringAssert.Contains(e.Message, "the broker refused a connection: CONNACK 0x03");
    }

    private static long Received(HostRig rig) =>
        rig.Ask(() => rig.Broker.CounterOf(Counter.MessagesReceived));
}
