using System;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using EdgeBroker.Codec;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Host;

/// <summary>A log that nobody reads or that has no room stops no broker.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class OutputTests
{
    private const string Ready = "listening on 127.0.0.1:";

    /// <summary>A board's limits: the first line of the log is that it listens.</summary>
    /// <remarks>Nothing of stdout arrives, so the port is one that was free a moment ago.</remarks>
    [TestMethod]
    public void StdoutFull_IsSaidOnceOnStderr_AndItServes()
    {
        int port = FreePort();
        using SimulatorProcess simulator = SimulatorProcess.StartInShell(
            "exec \"$0\" \"$@\" 2>&1 >/dev/full",
            "--plain", "--board", "esp32", "--port", port.ToString());
        string line = simulator.WaitForText("cannot write the log: ");
        StringAssert.Contains(line, "No space left on device");
        RawClient.Connected(port, ProtocolVersion.V5, "one").Dispose();
        using RawClient client = RawClient.Connected(port, ProtocolVersion.V5, "two");
        simulator.Signal("TERM");
        Assert.AreEqual(0xE0, client.ReadPacket()[0]);
        client.Dispose();
        Assert.AreEqual(0, simulator.WaitForExit());
        Assert.AreEqual(1, simulator.Output.Length, string.Join('\n', simulator.Output));
    }

    /// <summary>`head` ends after the first lines, and nobody is left to read the others.</summary>
    [TestMethod]
    public void ReaderOfStdoutGone_ItServes()
    {
        using SimulatorProcess simulator = SimulatorProcess.StartInShell(
            "f=$(mktemp -u); mkfifo $f; { sed -n '/listening/{p;q}'; rm $f; } <$f & "
            + "exec \"$0\" \"$@\" >$f",
            "--plain", "--port", "0");
        int port = int.Parse(simulator.WaitForText(Ready)[Ready.Length..]);
        for (int i = 0; i < 20; i++)
        {
            using RawClient client = RawClient.Connected(port, ProtocolVersion.V5, "c" + i);
            client.SendHex("c0 00");
            Assert.AreEqual(0xD0, client.ReadPacket()[0]);
        }

        simulator.Signal("TERM");
        Assert.AreEqual(0, simulator.WaitForExit());
        Assert.IsEmpty(simulator.Errors);
    }

    /// <summary>
    /// With all three closed their numbers belong to pipes of the runtime, which the log must
    /// not fill.
    /// </summary>
    [TestMethod]
    [DataRow(">&-")]
    [DataRow("2>&-")]
    [DataRow("<&- >&- 2>&-")]
    public void OutputsClosedFromTheStart_ItServes(string closed)
    {
        int port = FreePort();
        using SimulatorProcess simulator = SimulatorProcess.StartInShell(
            "exec \"$0\" \"$@\" " + closed, "--plain", "--port", port.ToString());
        for (int i = 0; i < 100; i++)
        {
            using RawClient client = ConnectedOnceItListens(port);
            client.SendHex("c0 00");
            CollectionAssert.AreEqual((byte[])[0xD0, 0x00], client.ReadPacket());
        }

        simulator.Signal("TERM");
        Assert.AreEqual(0, simulator.WaitForExit());
    }

    private static RawClient ConnectedOnceItListens(int port)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return RawClient.Connected(port, ProtocolVersion.V5, "c");
            }
            catch (SocketException) when (i < 200)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        socket.Start();
        return ((System.Net.IPEndPoint)socket.LocalEndpoint).Port;
    }
}
