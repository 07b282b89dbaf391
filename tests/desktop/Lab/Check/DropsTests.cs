using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab.Check;

/// <summary>A dropped message explains what its own client lacks, and nothing else.</summary>
[TestClass]
public sealed class DropsTests
{
    private const int Publisher = 0;
    private const int Full = 1;
    private const int Other = 2;

    private readonly byte[] _buffer = new byte[4000];
    private readonly MqttBroker _broker;
    private readonly DeliveryChecker _delivery = new();
    private byte _number;

    public DropsTests()
    {
        BrokerLimits limits = new DesktopLimits().ToBrokerLimits();
        limits.MaxQueuedMessages = 4;
        var settings = new BrokerSettings
        {
            SysIntervalS = 0,
            SlowGraceMs = 0,
            QueueFullPolicy = QueueFullPolicy.DropOldest,
        };
        var facts = new Facts([_delivery]);
        _broker = new MqttBroker(limits, settings, new OpenAuthenticator(true), facts.Observer, 0);
        facts.Watch(_broker, limits, settings, 0);
        for (int slot = Publisher; slot <= Other; slot++)
        {
            _broker.Open(1, 0);
            Receive(slot, new Packet(PacketKind.Connect) { ClientId = "c" + slot });
            Receive(slot, new Packet(PacketKind.Subscribe)
            {
                PacketId = 1,
                Filters = [("to/" + slot, 0)],
            });
            Transmit(slot);
        }
    }

    [TestMethod]
    public void OfAFullQueue_AreNamed()
    {
        _broker.Block(Full, 0);
        Publish(Full, 10);
        Transmit(Full);
        Assert.AreEqual("the client was slow: 6", _delivery.Missing
            .Select(m => $"{m.Key}: {m.Value}").Single());
    }

    [TestMethod]
    public void OfOneClient_DoNotExplainWhatAnotherLacks()
    {
        _broker.Block(Full, 0);
        _broker.Block(Other, 0);
        Publish(Other, 2);
        Publish(Full, 10);
        CoreInside.Queues(_broker).DropOldest(Other);
        Assert.ThrowsExactly<CheckFailedException>(() => Transmit(Other));
    }

    [TestMethod]
    public void OfAClient_DoNotExplainWhatItLacksBesides()
    {
        _broker.Block(Full, 0);
        Publish(Full, 10);
        CoreInside.Queues(_broker).DropOldest(Full);
        Assert.ThrowsExactly<CheckFailedException>(() => Transmit(Full));
    }

    private void Publish(int to, int count)
    {
        for (; count > 0; count--)
        {
            Receive(Publisher, new Packet(PacketKind.Publish)
            {
                Topic = "to/" + to,
                Payload = [++_number, 0, 0, 0, 0],
            });
        }
    }

    private void Receive(int slot, Packet packet)
    {
        byte[] bytes = PacketBytes.Of(packet with { Version = 4 });
        _broker.Receive(slot, bytes, 0, bytes.Length, 0);
        while (_broker.NextDeadlineMs() <= 0)
        {
            _broker.Tick(0);
        }
    }

    private void Transmit(int slot)
    {
        while (_broker.Transmit(slot, _buffer, 0, _buffer.Length, 0) > 0)
        {
        }
    }
}
