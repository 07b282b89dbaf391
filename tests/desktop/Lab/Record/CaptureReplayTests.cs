using System;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Lab.Record;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab.Record;

/// <summary>What clients sent in a capture is played, whatever tool and network it came from.
/// </summary>
[TestClass]
public sealed class CaptureReplayTests
{
    private const int Syn = PcapFrame.Syn;
    private const int Data = PcapFrame.Ack;
    private const int Fin = PcapFrame.Fin;
    private const int Reset = PcapFrame.Reset;

    private static readonly byte[] _connect = PacketBytes.Of(
        new Packet(PacketKind.Connect) { ClientId = "me", CleanStart = true });

    private static readonly byte[] _ping = PacketBytes.Of(new Packet(PacketKind.Pingreq));

    private static readonly string[] _expected =
    [
        "0.001 #0    opens",
        "0.002 #0    -> CONNECT v4 \"me\" keepalive=0 clean",
        "0.002 #0    \"me\" <- CONNACK 0x00",
        "0.004 #0    \"me\" -> PINGREQ",
        "0.004 #0    \"me\" <- PINGRESP",
        "0.005 #0    \"me\" is gone",
    ];

    [TestMethod]
    [DataRow(0, "02000000", DisplayName = "loopback")]
    [DataRow(1, "0102030405060708090A0B0C0800", DisplayName = "Ethernet")]
    [DataRow(1, "0102030405060708090A0B0C810000640800", DisplayName = "Ethernet with a VLAN")]
    [DataRow(101, "", DisplayName = "raw IP")]
    [DataRow(113, "00000304000600000000000000000800", DisplayName = "Linux cooked")]
    [DataRow(276, "0800000000000001030400060000000000000000", DisplayName = "Linux cooked 2")]
    public void Networks_AreRead(int linkType, string link)
    {
        byte[] bytes = Convert.FromHexString(link);
        Check(Session(false).Pcap(linkType, bytes));
        Check(Session(false).Pcap(linkType, bytes, isBig: true));
        Check(Session(false).Pcap(linkType, bytes, isNano: true));
    }

    [TestMethod]
    public void IPv6_WithAnExtensionHeader_IsRead() => Check(Session(true).Pcap(101, []));

    [TestMethod]
    public void Pcapng_IsRead() => Check(Session(false).Pcapng());

    [TestMethod]
    public void Repetitions_AndWrongOrder_AreCured()
    {
        byte[] file = new CaptureBuilder().Segment(0, Syn).Segment(0, Syn)
            .Segment(8, Data, _connect[8..]).Segment(0, Data, _connect[..10])
            .Segment(0, Data, _connect).Segment(_connect.Length + 2, Data | Fin)
            .Segment(_connect.Length - 1, Data, [0, .. _ping]).Pcap(101, []);
        string[] lines = Play(file, out string[] said);
        CollectionAssert.AreEqual((string[])
            [
                "0.000 #0    opens",
                "0.003 #0    -> CONNECT v4 \"me\" keepalive=0 clean",
                "0.003 #0    \"me\" <- CONNACK 0x00",
                "0.006 #0    \"me\" -> PINGREQ",
                "0.006 #0    \"me\" <- PINGRESP",
                "0.006 #0    \"me\" is gone",
            ], lines);
        // SYN, the whole CONNECT, its last byte.
        StringAssert.StartsWith(said[0], "3 segments had come already");
        StringAssert.StartsWith(said[1], "1 segments came too early");
    }

    [TestMethod]
    public void BytesThatAreMissing_EndWhatIsPlayed()
    {
        byte[] file = new CaptureBuilder().Segment(0, Syn).Segment(0, Data, _connect)
            .Segment(_connect.Length + 1, Data, _ping)
            .Segment(_connect.Length + 3, Data | Fin).Pcap(101, []);
        CollectionAssert.AreEqual((string[])
            [
                "0.000 #0    opens",
                "0.001 #0    -> CONNECT v4 \"me\" keepalive=0 clean",
                "0.001 #0    \"me\" <- CONNACK 0x00",
                "0.003 #0    \"me\" is gone",
            ], Play(file, out string[] said));
        Assert.IsTrue(said.Contains(
            "1 connections lack bytes that were not captured: played up to there"));
    }

    [TestMethod]
    public void SegmentsThatAreCut_AreSaid()
    {
        byte[] file = new CaptureBuilder().Segment(0, Syn).Segment(0, Data, _connect, 5)
            .Segment(_connect.Length, Data, _ping).Pcap(101, []);
        Play(file, out string[] said);
        Assert.IsTrue(said.Any(line => line.StartsWith("1 segments were not captured whole")));
        Assert.IsTrue(said.Any(line => line.StartsWith("1 connections lack bytes")));
    }

    [TestMethod]
    public void MissedHandshake_IsNoHarm_ButAMissedConnectIs()
    {
        byte[] file = new CaptureBuilder().Segment(0, Data, _connect).Segment(0, Reset)
            .Segment(50, Data, _ping).Segment(52, Data, _ping)
            .Segment(0, Syn).Segment(0, Data, _connect).Pcap(101, []);
        string[] lines = Play(file, out string[] said);
        Assert.AreEqual(2, lines.Count(line => line.Contains("CONNACK")));
        Assert.IsFalse(lines.Any(line => line.Contains("PING")));
        Assert.AreEqual("1 connections began before the capture: left out", said[0]);
    }

    [TestMethod]
    public void PortThatIsUsedAgain_IsANewConnection()
    {
        var other = new CaptureBuilder { FirstNumber = 77 };
        byte[] first = new CaptureBuilder().Segment(0, Syn).Segment(0, Data, _connect)
            .Pcap(101, []);
        byte[] second = other.Segment(0, Syn).Segment(0, Data, _connect).Pcap(101, [])[24..];
        string[] lines = Play([.. first, .. second], out _);
        Assert.AreEqual(2, lines.Count(line => line.EndsWith("opens")));
        Assert.AreEqual(1, lines.Count(line => line.EndsWith("is gone")));
    }

    [TestMethod]
    public void TimeThatPasses_HasItsEffect()
    {
        CaptureBuilder builder = new CaptureBuilder().Segment(0, Syn);
        builder.NowUs += 60_000_000;
        string[] lines = Play(builder.Segment(0, Data, _connect).Pcap(101, []), out string[] said);
        Assert.AreEqual("10.000 #0    is gone", lines[^1]);
        Assert.IsTrue(lines[^2].Contains("!! closed by the broker: "), lines[^2]);
        Assert.IsTrue(said.Contains("16 bytes came after the broker had closed"));
    }

    [TestMethod]
    public void ClockThatJumps_IsSaid()
    {
        CaptureBuilder builder = new CaptureBuilder().Segment(0, Syn);
        builder.NowUs += 2_000_000_000_000_000;
        Play(builder.Segment(0, Data, _connect).Pcap(101, []), out string[] said);
        StringAssert.StartsWith(said[0], "the clock of the capture was set 1 times");
    }

    [TestMethod]
    public void NothingToPlay_IsSaid()
    {
        Play(new CaptureBuilder().Segment(50, Data, _ping).Pcap(101, []), out string[] said);
        StringAssert.EndsWith(said[^1], "--port N names another port");
        Play(new CaptureBuilder().Segment(0, Syn).Pcap(195, []), out said);
        StringAssert.StartsWith(said[0], "1 frames are of the kind 195 ");
        Play(new CaptureBuilder().Pcap(101, []), out said);
        Assert.AreEqual("the capture holds no frames", said[^1]);
    }

    [TestMethod]
    public void EveryPrefix_AndFlippedBits_AreReadAsFarAsTheyGo()
    {
        var random = new Random(1);
        foreach (byte[] file in (byte[][])[Session(false).Pcap(101, []), Session(true).Pcapng()])
        {
            for (int at = 4; at < file.Length; at++)
            {
                Play(file[..at], out string[] said);
                Assert.AreNotEqual(0, said.Length);
                byte[] flipped = [.. file];
                flipped[at] ^= (byte)(1 << random.Next(8));
                Play(flipped, out said);
                Assert.AreNotEqual(0, said.Length);
            }

            Play(file[..^3], out string[] cut);
            Assert.AreEqual("the capture is cut off in its last frame", cut[0]);
        }
    }

    private static CaptureBuilder Session(bool isIPv6)
    {
        var builder = new CaptureBuilder { IsIPv6 = isIPv6 };
        builder.Segment(-20, Data); // What is no client of ours begins the time.
        return builder.Segment(0, Syn).Segment(0, Data, _connect).Segment(16, Data, _ping[..1])
            .Segment(17, Data, _ping[1..]).Segment(18, Data | Fin);
    }

    private static void Check(byte[] file)
    {
        CollectionAssert.AreEqual(_expected, Play(file, out string[] said));
        Assert.AreEqual(2, said.Length, string.Join('\n', said));
        StringAssert.StartsWith(said[0], "6 frames, 0.005 s: 1 connections sent 18 bytes, "
            + "2 packets; the broker answered 6 bytes, 2 packets");
    }

    private static string[] Play(byte[] file, out string[] said)
    {
        Assert.IsTrue(CaptureFile.IsCapture(file.AsSpan(0, 4)));
        var print = new StringWriter();
        var what = new ReplayBroker(new BrokerLimits(), new BrokerSettings(), true);
        said = [.. new CaptureReplay(new MemoryStream(file), 1883).Play(what, print, null)];
        return print.ToString().Split('\n',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
