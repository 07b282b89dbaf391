using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab.Check;

/// <summary>Who was refused a subscription is judged by what it held then.</summary>
[TestClass]
public sealed class SharesTests
{
    [TestMethod]
    public void Refused_AndThenGivenUpInTheSameVerb_IsNoFault()
    {
        BrokerLimits limits = new DesktopLimits().ToBrokerLimits();
        limits.MaxConnections = 1;
        limits.MaxSubscriptions = 2;
        var settings = new BrokerSettings { SysIntervalS = 0 };
        var facts = new Facts([new SharesChecker()]);
        var broker = new MqttBroker(
            limits, settings, new OpenAuthenticator(true), facts.Observer, 0);
        facts.Watch(broker, limits, settings, 0);
        broker.Open(1, 0);
        Receive(broker, new Packet(PacketKind.Connect) { ClientId = "c" });
        Receive(broker, Filter(PacketKind.Subscribe, "a"), Filter(PacketKind.Subscribe, "b"));
        Receive(broker, Filter(PacketKind.Subscribe, "c"), Filter(PacketKind.Unsubscribe, "a"),
            Filter(PacketKind.Unsubscribe, "b"));
        Assert.AreEqual(0L, broker.SysValue(SysTopics.Subscriptions));
    }

    private static Packet Filter(PacketKind kind, string filter) =>
        new(kind) { PacketId = 1, Filters = [(filter, 0)] };

    private static void Receive(MqttBroker broker, params Packet[] packets)
    {
        byte[] bytes = [.. packets.SelectMany(p => PacketBytes.Of(p with { Version = 4 }))];
        broker.Receive(0, bytes, 0, bytes.Length, 0);
    }
}
