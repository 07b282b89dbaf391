using System;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Lab;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab.Check;

/// <summary>Checkers that ask the broker: told of what it did not do, they say so.</summary>
[TestClass]
public sealed class BrokerCheckerTests
{
    private const int Slot = 0;
    private const int ClosedWith = 0x8D;

    private static readonly Packet _filters = new(PacketKind.Subscribe)
    {
        Version = 5,
        PacketId = 1,
        Filters = [("$share/g/a", 0), ("a", 0)],
    };

    [TestMethod]
    public void Counters_OfAPacketThatWasNotCounted_Fail()
    {
        var checker = new CountersChecker();
        Session session = Connected(checker, 5);
        checker.Sent(session, new Packet(PacketKind.Pingresp));
        Fails(checker, () => checker.AfterVerb(new Verb(VerbKind.Transmit, Slot, 0)));
    }

    [TestMethod]
    [DataRow(0x87, DisplayName = "another reason")]
    [DataRow(0x00, DisplayName = "success")]
    public void Connack_OfARefusal_SaysSo(int code) => Wrong(BrokerEvent.ConnectRefused,
        new Packet(PacketKind.Connack) { Version = 5, Code = code });

    [TestMethod]
    public void Connack_WithASessionThatWasNotThere_Fails()
    {
        var checker = new SessionsChecker();
        Session session = Connected(checker, 4);
        Fails(checker, () => checker.Sent(
            session, new Packet(PacketKind.Connack) { SessionPresent = true }));
    }

    [TestMethod]
    public void Connack_WithAServerKeepAliveForNothing_Fails() => Wrong(BrokerEvent.Connected,
        new Packet(PacketKind.Connack)
        {
            Version = 5,
            Properties = [new Property(Property.ServerKeepAlive, 60L)],
        });

    [TestMethod]
    public void Disconnect_WithAnotherReason_Fails() => Wrong(BrokerEvent.Closed,
        new Packet(PacketKind.Disconnect) { Version = 5, Code = ClosedWith + 1 });

    [TestMethod]
    [DataRow(0x9E, 0x00, true, DisplayName = "as they were asked for")]
    [DataRow(0x00, 0x9E, false, DisplayName = "swapped")]
    [DataRow(0x9E, 0x97, false, DisplayName = "refused for nothing")]
    public void Suback_HasTheCodeOfEachFilter(int shared, int plain, bool isRight) => Answer(
        isRight, _filters, _filters with { Kind = PacketKind.Suback, Codes = [shared, plain] });

    [TestMethod]
    public void Suback_WithTooFewCodes_Fails() => Answer(
        false, _filters, _filters with { Kind = PacketKind.Suback, Codes = [0x9E] });

    [TestMethod]
    [DataRow(0x11, true)]
    [DataRow(0x00, false)]
    public void Unsuback_KnowsThatThereWasNoSubscription(int code, bool isRight) => Answer(
        isRight, _filters with { Kind = PacketKind.Unsubscribe, Filters = [("a", 0)] },
        _filters with { Kind = PacketKind.Unsuback, Codes = [code] });

    [TestMethod]
    [DataRow(0x10, true)]
    [DataRow(0x00, false)]
    public void Puback_KnowsThatNobodyHasSubscribed(int code, bool isRight) => Answer(
        isRight, new Packet(PacketKind.Publish) { Topic = "a", Qos = 1, PacketId = 1 },
        new Packet(PacketKind.Puback) { Version = 5, PacketId = 1, Code = code });

    [TestMethod]
    [DataRow(3, null, DisplayName = "less what it has waited")]
    [DataRow(5, "has 5 s to live and not 3 of 5", DisplayName = "as it came")]
    [DataRow(2, "has 2 s to live and not 3 of 5", DisplayName = "too little")]
    public void Expiry_IsLessWhatTheMessageHasWaited(int left, string why) => Assert.AreEqual(
        why, new Message(Expiring(5), 0, 0, false).WhyWrongProperties(Expiring(left), 2500));

    [TestMethod]
    [DataRow(4)]
    [DataRow(5)]
    public void Expired_AndDelivered_Fails(int version)
    {
        var checker = new DeliveryChecker();
        Session session = Connected(checker, version);
        session.Filters["a"] = new Subscription(0);
        checker.Handled(session, Expiring(5));
        session.BegunMs = 5000;
        Fails(checker, () => checker.Sent(session, Expiring(0)));
    }

    [TestMethod]
    public void Streams_AllInOrder_Pass()
    {
        StreamsChecker streams = Accepted(out Connection connection);
        streams.Tap.Transmitted(Slot, Bytes("abc"), 0, 64, 3, 0);
        streams.Sockets.Written(connection, Bytes("ab"), 0, 2);
        streams.Sockets.Written(connection, Bytes("c"), 0, 1);
        streams.Tap.Transmitted(Slot, Bytes("d"), 0, 64, 1, 0);
        streams.Sockets.Read(connection, Bytes("e"), 0, 1);
        streams.Tap.Received(Slot, Bytes("e"), 0, 1, 0);
    }

    [TestMethod]
    public void Streams_MoreAskedForBeforeAllIsSent_Fail()
    {
        StreamsChecker streams = Accepted(out Connection connection);
        streams.Tap.Transmitted(Slot, Bytes("abc"), 0, 64, 3, 0);
        streams.Sockets.Written(connection, Bytes("ab"), 0, 2);
        Fails(streams, () => streams.Tap.Transmitted(Slot, Bytes("d"), 0, 64, 1, 0));
    }

    [TestMethod]
    public void Streams_OtherBytesSent_Fail()
    {
        StreamsChecker streams = Accepted(out Connection connection);
        streams.Tap.Transmitted(Slot, Bytes("abc"), 0, 64, 3, 0);
        Fails(streams, () => streams.Sockets.Written(connection, Bytes("ac"), 0, 2));
    }

    [TestMethod]
    public void Streams_BytesReadAndNotHandedOn_Fail()
    {
        StreamsChecker streams = Accepted(out Connection connection);
        streams.Sockets.Read(connection, Bytes("ab"), 0, 2);
        Fails(streams, () => streams.Sockets.Read(connection, Bytes("c"), 0, 1));
    }

    [TestMethod]
    public void Streams_BytesThatNobodySent_Fail()
    {
        StreamsChecker streams = Accepted(out _);
        Fails(streams, () => streams.Tap.Received(Slot, Bytes("a"), 0, 1, 0));
    }

    private static void Wrong(BrokerEvent end, Packet packet)
    {
        var checker = new AckCodesChecker();
        Session session = Connected(checker, packet.Version);
        session.End = end == BrokerEvent.Connected ? null : new Told(end, Slot, ClosedWith, "");
        Fails(checker, () => checker.Sent(session, packet));
    }

    private static void Answer(bool isRight, Packet request, Packet answer)
    {
        var checker = new AckCodesChecker();
        Session session = Connected(checker, 5);
        checker.Handled(session, request);
        checker.AfterVerb(new Verb(VerbKind.Receive, Slot, 0));
        if (isRight)
        {
            checker.Sent(session, answer);
        }
        else
        {
            Fails(checker, () => checker.Sent(session, answer));
        }
    }

    private static StreamsChecker Accepted(out Connection connection)
    {
        var checker = new StreamsChecker();
        Watch(checker, out MqttBroker broker);
        var net = new VirtualStack(new Radio(), 1);
        connection = new VirtualConnection(net, new Peer(net, 1));
        checker.Sockets.Accepted(connection);
        broker.Open(1, 0);
        checker.Tap.Opened(Slot, 1, 0);
        return checker;
    }

    private static Session Connected(Checker checker, int version)
    {
        Facts facts = Watch(checker, out MqttBroker broker);
        broker.Open(1, 0);
        byte[] connect = PacketBytes.Of(new Packet(PacketKind.Connect)
        {
            Version = version,
            ClientId = "a",
            CleanStart = true,
        });
        broker.Receive(Slot, connect, 0, connect.Length, 0);
        return facts.At(Slot)!;
    }

    private static Facts Watch(Checker checker, out MqttBroker broker)
    {
        var facts = new Facts([checker]);
        BrokerLimits limits = new DesktopLimits().ToBrokerLimits();
        var settings = new BrokerSettings();
        broker = new MqttBroker(limits, settings, new OpenAuthenticator(true), facts.Observer, 0);
        facts.Watch(broker, limits, settings, 0);
        return facts;
    }

    private static void Fails(Checker checker, Action what) => Assert.AreEqual(
        checker.Name, Assert.ThrowsExactly<CheckFailedException>(what).Checker);

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static Packet Expiring(long seconds) => new(PacketKind.Publish)
    {
        Version = 5,
        Topic = "a",
        Payload = [1, 2, 3, 4, 5],
        Properties = [new Property(Property.MessageExpiryInterval, seconds)],
    };
}
