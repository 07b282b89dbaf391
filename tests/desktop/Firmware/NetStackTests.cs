using System.Net;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>The virtual network has the figures that were measured on lwIP.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class NetStackTests
{
    private readonly Radio _radio = new();
    private readonly VirtualStack _net;
    private readonly Listener _listener;
    private readonly Peer _peer;

    public NetStackTests()
    {
        _net = new VirtualStack(_radio, 1);
        _listener = _net.Listen(new IPEndPoint(0, 1883), 4);
        _peer = new Peer(_net, 1);
    }

    [TestMethod]
    [DataRow(50, 12_288)]
    [DataRow(200, 12_288)]
    [DataRow(700, 7_680)]
    [DataRow(1_400, 4_608)]
    public void VanishedPeer_HoldsWhatWasMeasured(int message, int expected)
    {
        Connection connection = Accepted();
        connection.NoDelay = true;
        _peer.IsGone = true;
        Assert.AreEqual(expected, Fill(connection, message));
    }

    [TestMethod]
    public void WithoutNoDelay_SmallMessagesShareASegment()
    {
        Connection connection = Accepted();
        _peer.IsGone = true;
        Assert.AreEqual(3 * NetStack.SegmentBytes, Fill(connection, 50));
    }

    [TestMethod]
    public void VanishedPeer_IsGivenUpAfterNineteenMinutes()
    {
        Connection connection = Accepted();
        _peer.IsGone = true;
        connection.Write(new byte[10], 0, 10);
        _net.RunUntil(_net.NowMs + 1_150_000);
        Assert.IsFalse(connection.IsReset);
        _net.RunUntil(_net.NowMs + 1_000);
        Assert.IsTrue(connection.IsReset);
        Assert.AreEqual(NetStack.ListenerBytes, _net.NativeUsed);
    }

    [TestMethod]
    public void ClosedTowardsAVanishedPeer_HoldsItsMemoryJustAsLong()
    {
        Connection connection = Accepted();
        _peer.IsGone = true;
        connection.Write(new byte[10], 0, 10);
        connection.Close(false);
        _net.RunUntil(_net.NowMs + 1_150_000);
        Assert.AreEqual(AtRest() + NetStack.SegmentBytes, _net.NativeUsed);
        _net.RunUntil(_net.NowMs + 1_000);
        Assert.AreEqual(NetStack.ListenerBytes, _net.NativeUsed);
    }

    [TestMethod]
    public void Reset_FreesAtOnce()
    {
        Connection connection = Accepted();
        _peer.IsGone = true;
        Fill(connection, 50);
        connection.Close(true);
        Assert.AreEqual(NetStack.ListenerBytes, _net.NativeUsed);
    }

    [TestMethod]
    public void WhoClosesFirst_WaitsTwoMinutes()
    {
        Accepted().Close(false);
        _net.RunUntil(_net.NowMs + 1_000);
        Assert.AreEqual(NetStack.ListenerBytes + NetStack.TimeWaitBytes, _net.NativeUsed);
        _net.RunUntil(_net.NowMs + 119_000);
        Assert.AreEqual(NetStack.ListenerBytes + NetStack.TimeWaitBytes, _net.NativeUsed);
        _net.RunUntil(_net.NowMs + 1_000);
        Assert.AreEqual(NetStack.ListenerBytes, _net.NativeUsed);
    }

    [TestMethod]
    public void WhoClosesSecond_WaitsNot()
    {
        Connection connection = Accepted();
        _peer.Close();
        _net.RunUntil(_net.NowMs + 100);
        Assert.AreEqual(0, connection.Read(new byte[1], 0, 1));
        connection.Close(false);
        _net.RunUntil(_net.NowMs + 100);
        Assert.AreEqual(NetStack.ListenerBytes, _net.NativeUsed);
    }

    [TestMethod]
    public void KeepAlive_FindsAVanishedPeerAndKeepsASilentOne()
    {
        Connection silent = Accepted();
        silent.SetKeepAlive(true, 5_000, 2_000, 3);
        var other = new Peer(_net, 2);
        Connection vanished = Accepted(other);
        vanished.SetKeepAlive(true, 5_000, 2_000, 3);
        other.IsGone = true;
        _net.RunUntil(_net.NowMs + 10_500);
        Assert.IsFalse(vanished.IsReset);
        _net.RunUntil(_net.NowMs + 600);
        Assert.IsTrue(vanished.IsReset, "measured: gone after 10.9 s");
        _net.RunUntil(_net.NowMs + 60_000);
        Assert.IsFalse(silent.IsReset);
    }

    [TestMethod]
    public void LostFrames_AreRepeatedAndKeepTheirOrder()
    {
        const int Count = 2_000;
        Connection connection = Accepted();
        connection.NoDelay = true;
        _net.Loss = 0.2;
        int next = 0;
        _peer.OnData = (bytes, count) => Assert.AreEqual((byte)next++, bytes[0]);
        for (int i = 0; i < Count; i++)
        {
            while (!connection.IsWritable())
            {
                _net.Wait();
            }

            connection.Write([(byte)i], 0, 1);
        }

        _net.RunUntil(_net.NowMs + 60_000);
        Assert.AreEqual(Count, next);
        Assert.AreEqual(AtRest(), _net.NativeUsed);
        Assert.IsGreaterThan(100, _net.LostFrames);
    }

    private Connection Accepted(Peer peer = null)
    {
        (peer ?? _peer).Connect();
        _net.RunUntil(_net.NowMs + 100);
        return _listener.Accept();
    }

    /// <summary>Sends while the connection can be written.</summary>
    /// <returns>Native bytes that it holds then beside those at rest.</returns>
    private long Fill(Connection connection, int message)
    {
        while (connection.IsWritable())
        {
            Assert.AreEqual(message, connection.Write(new byte[message], 0, message));
        }

        return _net.NativeUsed - AtRest();
    }

    private static int AtRest() => NetStack.ListenerBytes + NetStack.ConnectionBytes;
}
