using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>
/// What the broker as a process answers to what real clients and test suites have sent, however
/// the bytes are cut. Each case ends with the end of the connection.
/// </summary>
[TestClass]
public sealed class WireTests
{
    private const string Connect = "10 0d 0004 'MQTT' 04 02 003c 0001 'x' ";
    private const string Connect5 = "10 0e 0004 'MQTT' 05 02 003c 00 0001 'x' ";
    private const string Accepted = "20 02 00 00";
    private const string Accepted5 = "20 ?? 00 00";
    private const string Ping = " c0 00 ";
    private const string Pong = "d0 00";
    private const string Bye = " e0 00";

    private static SimulatorProcess _simulator;

    [ClassInitialize]
    public static void Start(TestContext context) => _simulator = SimulatorProcess.Serve();

    [ClassCleanup]
    public static void Stop() => _simulator.Dispose();

    [TestMethod]
    [DataRow("84", DisplayName = "a bridge of mosquitto with try_private")]
    [DataRow("06")]
    [DataRow("03")]
    [DataRow("83")]
    [DataRow("00")]
    public void Connect_UnknownLevel_IsRefusedAs311Does_MQTT_3_1_2_2(string level) => Answers(
        $"10 0d 0004 'MQTT' {level} 02 003c 0001 'x'", "20 02 00 01");

    [TestMethod]
    public void WillAtSys_IsTaken()
    {
        const string Topic = "'$SYS/broker/connection/b/state'";
        Answers($"10 30 0004 'MQTT' 04 26 003c 0001 'b' 001e {Topic} 0001 '0'" + Ping + Bye,
            Accepted, Pong);
        Answers($"10 32 0004 'MQTT' 05 26 003c 00 0001 'b' 00 001e {Topic} 0001 '0'" + Ping + Bye,
            Accepted5, Pong);
    }

    [TestMethod]
    public void Disconnect_DirectlyBehind_DiscardsNoAnswer_MQTT_4_3_2_4()
    {
        Answers(Connect + Bye, Accepted);
        Answers(Connect5 + Bye, Accepted5);
        Answers(Connect + "32 05 0001 'a' 1234" + Bye, Accepted, "40 02 12 34");
        Answers(Connect5 + "32 06 0001 'a' 1234 00" + Bye, Accepted5, "40 ?? 12 34");
        Answers(Connect + "82 06 1234 0001 'a' 00" + Bye, Accepted, "90 03 12 34 00");
        Answers(Connect + "a2 05 1234 0001 'a'" + Bye, Accepted, "b0 02 12 34");
        Answers(Connect + Ping + Bye, Accepted, Pong);
        Answers(Connect + "32 05 0001 'a' 0001  32 05 0001 'a' 0002" + Ping + Bye,
            Accepted, "40 02 00 01", "40 02 00 02", Pong);
    }

    [TestMethod]
    [DataRow("0000", DisplayName = "empty")]
    [DataRow("0003 'a/#'")]
    [DataRow("0003 'a/+'")]
    public void Connect311_WillTopicThatIsNoTopicName_IsClosedWithoutAWord(string topic)
    {
        int length = topic.StartsWith("0000", StringComparison.Ordinal) ? 0x12 : 0x15;
        Answers($"10 {length:x2} 0004 'MQTT' 04 06 003c 0001 'x' {topic} 0001 'w'");
    }

    [TestMethod]
    [DataRow("82 05 1234 0000 00")]
    [DataRow("82 0a 1234 0005 'ab/+e' 00")]
    [DataRow("82 08 1234 0003 'a#b' 00")]
    [DataRow("82 0a 1234 0005 'a/#/b' 00")]
    [DataRow("a2 04 1234 0000")]
    [DataRow("a2 09 1234 0005 'ab/+e'")]
    public void TopicFilter_IllFormed_IsClosed_MQTT_4_7_1_1(string packet) =>
        Answers(Connect + packet, Accepted);

    [TestMethod]
    [DataRow("82 06 1234 00 0000 00")]
    [DataRow("82 0b 1234 00 0005 'ab/+e' 00")]
    [DataRow("a2 0a 1234 00 0005 'ab/+e'")]
    [DataRow("30 06 0003 'a/+' 00")]
    public void Topic5_IllFormed_IsClosedWithTheReason_MQTT_4_13_1_1(string packet) =>
        Answers(Connect5 + packet, Accepted5, "e0 ?? 81");

    [TestMethod]
    public void Pubrec_OfAFailure_GetsNoPubrel()
    {
        Answers(Connect5 + "50 03 0001 80" + Ping + Bye, Accepted5, Pong);
        Answers(Connect5 + "50 02 0001" + Ping + Bye, Accepted5, "62 03 00 01 92", Pong);
    }

    [TestMethod]
    public void LongTopicsAndIdentifiers_AreTakenAsMosquittoDoes()
    {
        string name = string.Concat(Enumerable.Repeat("61", 2000));
        Answers($"10 dc0f 0004 'MQTT' 04 02 003c 07d0 {name}" + Ping + Bye, Accepted, Pong);
        string topic = string.Concat(Enumerable.Repeat("2f", 199));
        Answers(Connect + $"32 cb01 00c7 {topic} 1234" + Bye, Accepted, "40 02 12 34");
        Answers(Connect + $"30 d20f 07d0 {name}" + Ping + Bye, Accepted, Pong);
        Answers(Connect + $"82 d50f 1234 07d0 {name} 00" + Bye, Accepted, "90 03 12 34 00");
    }

    [TestMethod]
    public void KeepAlive_LongerThanAllowed_IsToldOrRefused()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("max_keepalive 10");
        Exchange(simulator.Port, [Bytes(Connect)], ["20 02 00 02"]);
        Exchange(simulator.Port, [Bytes(Connect5 + Bye)], [Accepted5]);
        Exchange(simulator.Port, [Bytes("10 0d 0004 'MQTT' 04 02 000a 0001 'x'" + Bye)],
            [Accepted]);
    }

    private static byte[] Bytes(string text) => Hex.Parse(text);

    /// <summary>Says something, cut in several ways, and compares what comes until the end.</summary>
    private static void Answers(string said, params string[] expected)
    {
        byte[] bytes = Bytes(said);
        Exchange(_simulator.Port, [bytes], expected);
        Exchange(_simulator.Port, [.. bytes.Select(b => new[] { b })], expected);
        foreach (int at in new[] { 1, 2, bytes.Length / 2, bytes.Length - 1 })
        {
            Exchange(_simulator.Port, [bytes[..at], bytes[at..]], expected);
        }
    }

    private static void Exchange(int port, byte[][] pieces, string[] expected)
    {
        using var client = new RawClient(port);
        // With a pause between two the broker reads them apart; single bytes just follow.
        int pauseMs = pieces.Length == 2 ? 5 : 0;
        try
        {
            foreach (byte[] piece in pieces)
            {
                client.Send(piece);
                Thread.Sleep(pauseMs);
            }
        }
        catch (SocketException)
        {
            // The broker has closed after what was wrong.
        }

        var answers = new List<string>();
        for (byte[] packet = client.ReadPacket(); packet != null; packet = client.ReadPacket())
        {
            answers.Add(string.Join(' ', packet.Select(b => b.ToString("x2"))));
        }

        string all = string.Join(" | ", answers);
        Assert.HasCount(expected.Length, answers, all);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.IsTrue(Begins(answers[i], expected[i]), $"{all}, expected {expected[i]}");
        }
    }

    private static bool Begins(string answer, string pattern) => answer.Length >= pattern.Length
        && pattern.Zip(answer).All(pair => pair.First == '?' || pair.First == pair.Second);
}
