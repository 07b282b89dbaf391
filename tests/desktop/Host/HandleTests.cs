using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Host;

/// <summary>A process with few handles lives through strangers who want all of them.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class HandleTests
{
    private const int Handles = 1024;
    private const int Strangers = 2000;
    private const int LimitMs = 120_000;

    public static IEnumerable<object[]> Networks()
    {
        return HostRig.Names();
    }

    [TestMethod]
    [DataRow(64)]
    [DataRow(109)]
    public void TooFewHandlesToStart_IsSaid(int handles)
    {
        using SimulatorProcess simulator = SimulatorProcess.StartInShell(
            $"ulimit -n {handles}; exec \"$0\" \"$@\"", "--port", "0");
        Assert.AreEqual(1, simulator.WaitForExit());
        Assert.AreEqual($"the system gives this process {handles} handles, and it needs 110 at "
            + "least: raise the limit (ulimit -n)", simulator.Errors.Single());
    }

    /// <summary>
    /// The strangers connect and then say nothing, so their Keep Alive lets them stay for one and
    /// a half times seven seconds. The log is quiet: a thread that it has not started yet is what
    /// .NET dies of. The networks are tried at the same time.
    /// </summary>
    [TestMethod]
    [Timeout(LimitMs)]
    public void AllHandlesTakenForTenSeconds_Lives_ServesAgain()
    {
        string[] networks = [.. HostRig.Names().Select(name => (string)name[0])];
        SimulatorProcess[] simulators =
            [.. networks.Select(name => Serve(name, Handles, "log_type warning"))];
        Socket[][] strangers = [.. simulators.Select(simulator => Fill(simulator))];
        for (int i = 0; i < simulators.Length; i++)
        {
            using SimulatorProcess simulator = simulators[i];
            // The first one was let in: this waits until its time is over.
            byte[] answer = new byte[5];
            Assert.AreEqual(4, strangers[i][0].Receive(answer), "CONNACK");
            Assert.AreEqual(0, strangers[i][0].Receive(answer, SocketFlags.None, out _));
            foreach (Socket stranger in strangers[i])
            {
                stranger.Dispose();
            }

            using RawClient client =
                RawClient.Connected(simulator.Port, ProtocolVersion.V5, "afterwards");
            client.SendHex("c0 00");
            Assert.AreEqual(0xD0, client.ReadPacket()[0]);
            simulator.Signal("TERM");
            client.Dispose();
            Assert.AreEqual(0, simulator.WaitForExit());
            Assert.IsEmpty(simulator.Errors);
        }
    }

    /// <summary>
    /// The limit is lowered while it runs, so the handles really run out. It needs a thread for
    /// the signal then.
    /// </summary>
    [TestMethod]
    [Timeout(LimitMs)]
    [OSCondition(OperatingSystems.Linux)]
    [DynamicData(nameof(Networks))]
    public void HandlesGoneWhileItRuns_IsSaidOnce_ClientsAreServed_EndsInOrder(string network)
    {
        using SimulatorProcess simulator = Serve(network, Handles);
        using RawClient first =
            RawClient.Connected(simulator.Port, ProtocolVersion.V5, "first");
        int used = simulator.Handles().Max() + 1;
        simulator.LimitHandles(used + 4);
        Socket[] strangers = [.. Enumerable.Range(0, 300).Select(_ => Stranger(simulator.Port))];
        simulator.WaitForText("the system has no handle for a new connection");
        first.SendHex("c0 00");
        Assert.AreEqual(0xD0, first.ReadPacket()[0]);
        foreach (Socket stranger in strangers)
        {
            stranger.Dispose();
        }

        simulator.LimitHandles(Handles);
        simulator.WaitForText("the system has handles again");
        RawClient.Connected(simulator.Port, ProtocolVersion.V5, "afterwards").Dispose();
        simulator.Signal("TERM");
        Assert.AreEqual(0, simulator.WaitForExit());
        Assert.IsEmpty(simulator.Errors);
    }

    [TestMethod]
    [DataRow(1024, 924)]
    [DataRow(50, 1)]
    [DataRow(int.MaxValue, int.MaxValue)]
    public void Connections_LeaveHandlesToTheRuntime(int limit, int connections)
    {
        Assert.AreEqual(connections, HandleLimit.MostConnections(limit));
    }

    private static SimulatorProcess Serve(string network, int handles, params string[] settings)
    {
        return SimulatorProcess.ServeInShell(
            $"ulimit -n {handles}; export {Simulator.Net.Networks.Variable}={network}; "
            + "exec \"$0\" \"$@\"", settings);
    }

    private static Socket[] Fill(SimulatorProcess simulator)
    {
        string line = simulator.WaitForText("max_connections is ");
        StringAssert.Contains(line, $"the system gives this process {Handles} handles");
        return [.. Enumerable.Range(0, Strangers).Select(i =>
        {
            Socket stranger = Stranger(simulator.Port);
            stranger.Send([.. Hex.Parse("10 10 0004 'MQTT' 04 02 0007 0004"),
                .. System.Text.Encoding.ASCII.GetBytes($"{i:D4}")]);
            return stranger;
        })];
    }

    private static Socket Stranger(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = LimitMs,
        };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }
}
