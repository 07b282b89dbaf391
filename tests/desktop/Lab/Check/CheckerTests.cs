using System;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab.Check;

/// <summary>Checkers see what they are for, and only that.</summary>
[TestClass]
public sealed class CheckerTests
{
    private static readonly Session _client = new(0, 0, 0);
    private static readonly Packet _connack = new(PacketKind.Connack);

    [TestMethod]
    public void Answers_InOrder_Pass() => Play(new AnswersChecker(),
        Heard(PacketKind.Subscribe, 1), Heard(PacketKind.Unsubscribe, 2), Heard(PacketKind.Pingreq),
        Said(PacketKind.Connack), Said(PacketKind.Suback, 1), Said(PacketKind.Unsuback, 2),
        Said(PacketKind.Pingresp));

    [TestMethod]
    public void Answers_ConnackTwice_Fails() => Fails(new AnswersChecker(),
        Said(PacketKind.Connack), Said(PacketKind.Connack));

    [TestMethod]
    public void Answers_BeforeConnack_Fails() => Fails(new AnswersChecker(),
        Heard(PacketKind.Pingreq), Said(PacketKind.Pingresp));

    [TestMethod]
    public void Answers_OfAnotherIdentifier_Fails() => Fails(new AnswersChecker(),
        Said(PacketKind.Connack), Heard(PacketKind.Subscribe, 1), Said(PacketKind.Suback, 2));

    [TestMethod]
    public void Answers_InAnotherOrder_Fails() => Fails(new AnswersChecker(),
        Said(PacketKind.Connack), Heard(PacketKind.Subscribe, 1), Heard(PacketKind.Pingreq),
        Said(PacketKind.Pingresp));

    [TestMethod]
    public void Answers_Twice_Fails() => Fails(new AnswersChecker(),
        Said(PacketKind.Connack), Heard(PacketKind.Pingreq), Said(PacketKind.Pingresp),
        Said(PacketKind.Pingresp));

    [TestMethod]
    public void Order_AsHandled_Passes() => Play(new OrderChecker(),
        Heard(Message(1)), Heard(Message(2)), Said(Message(1)), Said(Message(2)));

    [TestMethod]
    public void Order_Swapped_Fails() => Fails(new OrderChecker(),
        Heard(Message(1)), Heard(Message(2)), Said(Message(2)), Said(Message(1)));

    [TestMethod]
    public void Order_Twice_Fails() => Fails(new OrderChecker(),
        Heard(Message(1)), Said(Message(1)), Said(Message(1)));

    [TestMethod]
    public void Order_OfReplays_IsNoMatter() => Play(new OrderChecker(),
        Heard(Message(1)), Heard(Message(2)), Said(Message(2)),
        Said(Message(1) with { Retain = true }));

    [TestMethod]
    public void Codes_OfAnotherPacket_Fail() => Fails(new CodesChecker(),
        Said(new Packet(PacketKind.Suback) { PacketId = 1, Codes = [0x97] }));

    [TestMethod]
    public void Will_OfASessionThatGoesOn_Fails() => Fails(new WillChecker(),
        Said(new Packet(PacketKind.Publish) { Topic = "will/1", Payload = [1, 0, 0, 0] }));

    [TestMethod]
    public void Identifiers_WithoutAnOrder_Pass() => Play(new IdentifiersChecker(),
        Assigned(0x9E3779B97F4A7C15), Assigned(0xBF58476D1CE4E5B9), Assigned(0x94D049BB133111EB));

    [TestMethod]
    [DataRow(7ul)]
    [DataRow(0xFFFFFFFFFFFFFFF9ul)]
    public void Identifiers_InSteps_Fail(ulong step) => Fails(new IdentifiersChecker(),
        Assigned(100), Assigned(100 + step), Assigned(100 + step + step));

    [TestMethod]
    public void Rate_UsedUpByAnother_Fails() => Fails(
        Watching(new RateChecker()), Connected(1), Refused(2));

    [TestMethod]
    public void Rate_UsedUpByItself_IsRefused() => Play(
        Watching(new RateChecker()), Connected(1), Refused(1));

    [TestMethod]
    public void Rate_UsedUpByMany_IsRefused() => Play(
        Watching(new RateChecker()), Connected(1), Connected(2), Refused(3));

    private static Action<Checker> Assigned(ulong number) => Said(_connack with
    {
        Properties = [new Property(Property.AssignedClientIdentifier, $"auto-{number:x16}")],
    });

    private static Action<Checker> Connected(int address) => c => c.Told(
        new Session(0, 0, 0) { Address = address },
        new Told(BrokerEvent.Connected, 0, ReasonCode.Success, ""));

    private static Action<Checker> Refused(int address) => c => c.Told(
        new Session(0, 0, 0) { Address = address },
        new Told(BrokerEvent.ConnectRefused, 0, ReasonCode.ConnectionRateExceeded, ""));

    private static Checker Watching(Checker checker)
    {
        var limits = new BrokerLimits();
        var settings = new BrokerSettings();
        var facts = new Facts([checker]);
        var open = new OpenAuthenticator(true);
        facts.Watch(
            new MqttBroker(limits, settings, open, facts.Observer, 0), limits, settings, 0);
        return checker;
    }

    private static Action<Checker> Heard(Packet packet) => c => c.Handled(_client, packet);

    private static Action<Checker> Heard(PacketKind kind, int id = 0) =>
        Heard(new Packet(kind) { PacketId = id });

    private static Action<Checker> Said(Packet packet) => c => c.Sent(_client, packet);

    private static Action<Checker> Said(PacketKind kind, int id = 0) =>
        Said(_connack with { Kind = kind, PacketId = id });

    private static Packet Message(byte number) =>
        new(PacketKind.Publish) { Topic = "a", Payload = [number, 0, 0, 0, 7] };

    private static void Play(Checker checker, params Action<Checker>[] happenings)
    {
        checker.Started();
        checker.Opened(_client);
        Array.ForEach(happenings, happening => happening(checker));
    }

    private static void Fails(Checker checker, params Action<Checker>[] happenings)
    {
        Play(checker, happenings[..^1]);
        CheckFailedException e =
            Assert.ThrowsExactly<CheckFailedException>(() => happenings[^1](checker));
        Assert.AreEqual(checker.Name, e.Checker);
    }
}
