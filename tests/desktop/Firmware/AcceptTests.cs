using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>Errors of Accept and Send, full houses, refused strangers (D10, N5 to N7).</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class AcceptTests
{
    private static readonly int[] _codes =
        [NetStack.NoError, NetStack.ConnectionReset, NetStack.TimedOut, NetStack.WouldBlock,
            10004, 10024, 10050, 10055];

    public static IEnumerable<object[]> Errors =>
        _codes.Select(code => new object[] { new SocketException(code) })
            .Append([new ObjectDisposedException("Socket")]);

    [TestMethod]
    [DynamicData(nameof(Errors))]
    public void ErrorOfAccept_ReopensNothingAndClosesNobody(Exception error)
    {
        var lab = new NetLab();
        NetClient reader = lab.Subscribed("r", "t");
        NetClient publisher = lab.Connected("p");
        for (int i = 0; i < 5; i++)
        {
            lab.Net.AcceptFaults.Enqueue(error);
        }

        NetClient newcomer = lab.Client("n");
        newcomer.Connect();
        lab.RunUntil(() => newcomer.IsAccepted, 10_000, "the newcomer is served");
        Assert.IsEmpty(lab.Net.AcceptFaults);
        Assert.AreEqual(1, lab.Loop.Listens);
        Assert.AreEqual(5, lab.Loop.AcceptErrors);
        publisher.Publish("t", 10);
        lab.RunFor(100);
        Assert.AreEqual(1, reader.Received);
    }

    [TestMethod]
    public void AcceptThatNeverWorksAgain_HasItsListenerReopened()
    {
        var lab = new NetLab();
        NetClient reader = lab.Subscribed("r", "t");
        for (int i = 0; i < 1000; i++)
        {
            lab.Net.AcceptFaults.Enqueue(new SocketException(NetStack.NoError));
        }

        lab.Client("n").Connect();
        lab.RunUntil(() => lab.Loop.Listens == 2, 60_000, "the second listener");
        Assert.IsFalse(reader.IsClosed);
    }

    [TestMethod]
    [DynamicData(nameof(Errors))]
    public void ErrorOfSend_ClosesThatClientOnly(Exception error)
    {
        var lab = new NetLab();
        NetClient broken = lab.Subscribed("b", "t");
        NetClient reader = lab.Subscribed("r", "u");
        NetClient publisher = lab.Connected("p");
        lab.Net.SendFaults.Enqueue(error);
        publisher.Publish("t", 10);
        publisher.Publish("u", 10);
        lab.RunFor(100);
        Assert.IsTrue(broken.IsClosed);
        Assert.IsFalse(publisher.IsClosed);
        Assert.AreEqual(1, reader.Received);
        Assert.AreEqual(1, lab.Loop.Listens);
    }

    [TestMethod]
    public void NoSocketsLeft_NobodyElseIsHarmed()
    {
        var lab = new NetLab();
        lab.Net.SocketLimit = 4;
        NetClient[] clients = [.. Enumerable.Range(0, 3).Select(i => lab.Connected("c" + i))];
        NetClient surplus = lab.Client("s");
        surplus.Connect();
        lab.RunFor(5_000);
        Assert.IsTrue(surplus.IsClosed);
        Assert.IsTrue(clients.All(client => !client.IsClosed));
        Assert.AreEqual(1, lab.Loop.Listens);
        clients[0].Disconnect();
        lab.RunFor(1_500);
        surplus.Connect();
        lab.RunUntil(() => surplus.IsAccepted, 5_000, "the surplus client is served");
    }

    [TestMethod]
    [DataRow("esp32", 14)]
    [DataRow("esp32-c3", 6)]
    public void FullHouse_ClientThatComesBackIsServedAtOnce(string board, int clients)
    {
        var lab = new NetLab(board);
        NetClient[] all =
            [.. Enumerable.Range(0, clients).Select(i => lab.Connected("c" + i))];
        foreach (NetClient client in all)
        {
            client.Peer.IsGone = true;
            client.Connect();
            long took = lab.RunUntil(() => client.IsAccepted, 30_000, "served again");
            Assert.IsLessThan(1_000, took);
            lab.RunFor(1_000);
        }

        Assert.AreEqual(1, lab.Loop.Listens);
        Assert.AreEqual(0, lab.Loop.AcceptErrors);
    }

    [TestMethod]
    public void FullHouse_SurplusClientsAreToldAndNobodyIsReset()
    {
        var lab = new NetLab();
        NetClient[] all = [.. Enumerable.Range(0, 14).Select(i => lab.Connected("c" + i))];
        NetClient[] surplus = [.. Enumerable.Range(0, 4).Select(i => lab.Client("s" + i))];
        Array.ForEach(surplus, client => client.Connect());
        lab.RunUntil(() => surplus.All(client => client.Refusal == 3), 10_000, "all are told");
        Assert.IsTrue(all.All(client => !client.IsClosed));
        Assert.AreEqual(1, lab.Loop.Listens);
        Assert.AreEqual(0, lab.Loop.AcceptErrors);
    }

    [TestMethod]
    public void AcceptThatHangs_IsEndedByTheWatchdog()
    {
        using FirmwareHost device = Device.Make();
        device.Where.WatchdogMs = 10;
        device.Where.AcceptStuckMs = 100;
        device.Start(0);
        Assert.IsTrue(device.WaitForPort(Device.PatienceMs));
        int port = device.Port;
        NetStack.Current.DoesAcceptHang = true;
        using (DeviceClient first = new(port))
        {
            Device.WaitUntil(() => device.Program.Loop().Listens == 2, "the second listener");
            NetStack.Current.DoesAcceptHang = false;
        }

        using DeviceClient client = DeviceClient.Persistent(port, "c", 60);
        client.Subscribe("t");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void RefusedLoginsAtSpeed_LeaveNothingInTheStack(bool doesCloseInTurn)
    {
        var lab = new NetLab();
        NetClient[] all = [.. Enumerable.Range(0, 14).Select(i => lab.Connected("c" + i))];
        long atRest = lab.Net.NativeUsed;
        int told = 0;
        for (int i = 0; i < 600; i++)
        {
            NetClient stranger = lab.Client("s");
            stranger.Peer.DoesCloseInTurn = doesCloseInTurn;
            stranger.Connect();
            lab.RunUntil(() => stranger.Refusal != 0 || stranger.IsClosed, 10_000, "told");
            told += stranger.Refusal != 0 ? 1 : 0;
            if (doesCloseInTurn)
            {
                stranger.Peer.Close();
            }
        }

        Assert.AreEqual(600, told);
        Assert.IsLessThan(4_096, lab.Net.NativeUsed - atRest);
        Assert.IsTrue(all.All(client => !client.IsClosed));
    }

    [TestMethod]
    public void GoodbyeOfAClient_IsNotAnsweredWithAReset()
    {
        var lab = new NetLab();
        NetClient client = lab.Connected("c");
        client.Peer.Send([0xE0, 0]);
        lab.RunFor(100);
        client.Peer.Close();
        lab.RunFor(100);
        Assert.IsFalse(client.Peer.IsReset);
        Assert.IsTrue(client.Peer.HasEnded);
        Assert.AreEqual(0, lab.Loop.OpenSockets());
        lab.RunFor(1_000);
        Assert.AreEqual(NetStack.ListenerBytes, lab.Net.NativeUsed);
    }
}
