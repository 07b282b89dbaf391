using System;
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
