using System.Linq;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>Every refusal is a line that says who and why.</summary>
[TestClass]
public sealed class RefusalLogTests
{
    [TestMethod]
    public void Comings_AndGoingsAreLogged()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("log_timestamp false");
        using RawClient first = RawClient.Connected(simulator.Port, 5, "first");
        simulator.WaitForText($"client \"first\" at {first.Address} connected (MQTT 5.0)");
        first.SendHex("e0 00");
        simulator.WaitForText($"client \"first\" at {first.Address} disconnected (0x00, MQTT 5.0)");

        RawClient second = RawClient.Connected(simulator.Port, 4, "second");
        second.Dispose();
        simulator.WaitForText($"client \"second\" at {second.Address} lost: ");
    }

    [TestMethod]
    public void ClientId_CannotForgeLinesOrEscapes()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("log_timestamp false");
        using RawClient client =
            RawClient.Connected(simulator.Port, 5, "a\u001b[2J\nlistening on \"127.0.0.1:1");
        simulator.WaitForText("client \"a\\u{1B}[2J\\u{A}listening on \\\"127.0.0.1:1\" at "
            + client.Address);
        Assert.IsFalse(simulator.Output.Any(line => line.Any(char.IsControl)));
    }

    [TestMethod]
    public void Connect_WithoutUserName_IsLoggedWithWhoAndWhy()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("allow_anonymous false");
        using var client = new RawClient(simulator.Port);
        byte[] connack = client.Connect(5, "nobody");
        Assert.AreEqual(0x87, connack[3]);
        string line = simulator.WaitForText("refused CONNECT of ");
        StringAssert.Contains(line, client.Address);
        StringAssert.EndsWith(line, ": not authorized (0x87, MQTT 5.0)");
    }

    [TestMethod]
    public void NoMqtt_IsLoggedAsUnidentified()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("connection_messages false");
        using var client = new RawClient(simulator.Port);
        client.SendHex("'GET / HTTP/1.1' 0d 0a 0d 0a");
        Assert.IsNull(client.ReadPacket());
        string line = simulator.WaitForText("closed the connection of unidentified at ");
        StringAssert.Contains(line, client.Address + ": the first packet is not a CONNECT");
        StringAssert.EndsWith(line, "(0x82, no MQTT version yet)");
    }

    [TestMethod]
    public void Subscription_OverTheLimit_IsLoggedWithTheClient()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("max_subscriptions_per_client 1");
        using RawClient client = RawClient.Connected(simulator.Port, 5, "greedy");
        Assert.AreEqual(0, client.Subscribe(5, "a")[^1]);
        Assert.AreEqual(0x97, client.Subscribe(5, "b")[^1]);
        string line = simulator.WaitForText("refused a subscription of client \"greedy\" at ");
        StringAssert.Contains(line, "(0x97, MQTT 5.0)");
    }

    [TestMethod]
    [DataRow((byte)5, (byte)0x89)]
    [DataRow((byte)4, (byte)3)]
    public void ClientAboveTheLimit_IsToldSoAndLogged(byte version, byte code)
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("max_connections 1");
        using RawClient first = RawClient.Connected(simulator.Port, 5, "first");
        using var second = new RawClient(simulator.Port);
        Assert.AreEqual(code, second.Connect(version, "second")[3]);
        Assert.IsNull(second.ReadPacket());
        simulator.WaitForText($"refused CONNECT of client \"second\" at {second.Address}: "
            + "as many clients as there may be (0x89, ");
        first.SendHex("c0 00");
        Assert.AreEqual(0xD0, first.ReadPacket()[0]);
    }

    [TestMethod]
    public void SlowSubscriber_IsLoggedAndItsDropsAreSummarised()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("max_queued_messages 1");
        using var slow = new RawClient(simulator.Port, 4096);
        slow.Connect(5, "slow");
        slow.Subscribe(5, "a");
        using RawClient fast = RawClient.Connected(simulator.Port, 5, "fast");
        // More than the sockets hold: nobody is slow whose socket still takes something.
        var large = new byte[1_000_000];
        new byte[] { 0x30, 0xBC, 0x84, 0x3D, 0, 1, (byte)'a', 0 }.CopyTo(large, 0);
        for (int i = 0; i < 20; i++)
        {
            fast.Send(large);
        }

        simulator.WaitForText($"the queue of client \"slow\" at {slow.Address} is full: ");
        string line = simulator.WaitForText("dropped ");
        string[] words = line.Split(' ');
        StringAssert.EndsWith(line, $"dropped {words[2]} messages: limits/queue {words[2]}");
    }

    [TestMethod]
    public void LogTypeNone_LeavesTheListeningLineOnly()
    {
        using SimulatorProcess simulator = SimulatorProcess.Serve("log_type none");
        using var client = new RawClient(simulator.Port);
        client.SendHex("f0 00");
        Assert.IsNull(client.ReadPacket());
        Assert.HasCount(1, simulator.Output);
    }
}
