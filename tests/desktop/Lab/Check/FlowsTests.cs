using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab.Check;

/// <summary>What a broker may send at QoS 1 and 2, and what it may not (section 4.3).</summary>
[TestClass]
public sealed class FlowsTests
{
    private const int Window = 2;

    private readonly FlowsChecker _flows = new();
    private readonly Facts _facts;
    private readonly MqttBroker _broker;
    private Session _session;
    private int _slot = -1;

    public FlowsTests()
    {
        BrokerLimits limits = new DesktopLimits().ToBrokerLimits();
        var settings = new BrokerSettings { MaxQos = 2 };
        _facts = new Facts([_flows]);
        _broker = new MqttBroker(
            limits, settings, new OpenAuthenticator(true), _facts.Observer, 0);
        _facts.Watch(_broker, limits, settings, 0);
        Connect();
    }

    [TestMethod]
    public void WholeFlows_Pass()
    {
        Said(Publish(1, 1));
        Said(Publish(2, 2));
        Heard(PacketKind.Puback, 1);
        Heard(PacketKind.Pubrec, 2);
        Said(new Packet(PacketKind.Pubrel) { PacketId = 2 });
        Heard(PacketKind.Pubcomp, 2);
        Said(Publish(2, 1));
        Said(Publish(2, 2));
    }

    [TestMethod]
    public void SentOnceMore_WhenTheClientIsBack_Passes()
    {
        Said(Publish(1, 1));
        Said(Publish(2, 2));
        Heard(PacketKind.Pubrec, 2);
        Connect();
        Said(Publish(1, 1) with { Dup = true });
        Said(new Packet(PacketKind.Pubrel) { PacketId = 2 });
    }

    [TestMethod]
    public void WithoutDup_Fails()
    {
        Said(Publish(1, 1));
        Connect();
        Fails(Publish(1, 1));
    }

    [TestMethod]
    public void WithDupAtFirst_Fails() => Fails(Publish(1, 1) with { Dup = true });

    [TestMethod]
    public void OnceMoreOnOneConnection_Fails()
    {
        Said(Publish(1, 1));
        Fails(Publish(1, 1) with { Dup = true });
    }

    [TestMethod]
    public void OnceMoreInAnotherOrder_Fails()
    {
        Said(Publish(1, 1));
        Said(Publish(1, 2));
        Connect();
        Said(Publish(1, 2) with { Dup = true });
        Fails(Publish(1, 1) with { Dup = true });
    }

    [TestMethod]
    public void OnceMoreBehindANewOne_Fails()
    {
        Said(Publish(1, 1));
        Connect();
        Fails(Publish(1, 2));
    }

    [TestMethod]
    public void OnceMoreBehindPubrec_Fails()
    {
        Said(Publish(2, 1));
        Heard(PacketKind.Pubrec, 1);
        Connect();
        Fails(Publish(2, 1) with { Dup = true });
    }

    [TestMethod]
    public void IdentifierInUse_Fails()
    {
        Said(Publish(1, 1));
        Fails(Publish(1, 1) with { Payload = [9] });
    }

    [TestMethod]
    public void MoreThanReceiveMaximum_Fails()
    {
        Said(Publish(2, 1));
        Said(Publish(1, 2));
        Heard(PacketKind.Pubrec, 1); // PUBCOMP is to come.
        Fails(Publish(1, 3));
    }

    [TestMethod]
    public void PubrelWithoutPubrec_Fails()
    {
        Said(Publish(2, 1));
        Fails(new Packet(PacketKind.Pubrel) { PacketId = 1 });
    }

    private static Packet Publish(int qos, int id) => new(PacketKind.Publish)
    {
        Topic = "a",
        Qos = qos,
        PacketId = id,
        Payload = [(byte)id],
    };

    // The session stays; the older connection is taken over.
    private void Connect()
    {
        byte[] connect = PacketBytes.Of(new Packet(PacketKind.Connect)
        {
            Version = 5,
            ClientId = "a",
            Properties =
            [
                new Property(Property.SessionExpiryInterval, 60L),
                new Property(Property.ReceiveMaximum, (long)Window),
            ],
        });
        _slot = _broker.Open(1, 0);
        _broker.Receive(_slot, connect, 0, connect.Length, 0);
        _session = _facts.At(_slot);
    }

    private void Said(Packet packet) => _flows.Sent(_session, packet);

    private void Heard(PacketKind kind, int id) =>
        _flows.Handled(_session, new Packet(kind) { PacketId = id });

    private void Fails(Packet packet) => Assert.AreEqual(_flows.Name,
        Assert.ThrowsExactly<CheckFailedException>(() => Said(packet)).Checker);
}
