using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Record;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab.Record;

/// <summary>
/// A capture that is written has all bytes in both directions, with numbers and checksums that a
/// reader of captures finds right. That tshark does was looked at by hand.
/// </summary>
[TestClass]
public sealed class PcapWriterTests
{
    private static readonly DateTime _start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [TestMethod]
    [DataRow(0)]
    [DataRow(1000)]
    [DataRow(60_000)]
    public void Session_IsThereByteForByte(int payload)
    {
        byte[] recording = RandomSession.Record(
            7, payload, 0, 20, payload > 1000 ? 100 : 1000);
        var reader = new RecordingReader(new MemoryStream(recording));
        var stream = new MemoryStream();
        var pcap = new PcapWriter(stream, reader.What.StartMs, _start);
        ReplayResult result = new Player(reader, reader.What, null, pcap).Play();
        pcap.Dispose();
        byte[] file = stream.ToArray();
        Assert.AreEqual(file.Length, pcap.Bytes);

        var headers = new FrameHeaders();
        var next = new Dictionary<(IPEndPoint, IPEndPoint), uint>();
        long toBroker = 0;
        long fromBroker = 0;
        long timeUs = 0;
        foreach (CapturedFrame frame in new CaptureFile(new MemoryStream(file)).Frames())
        {
            CheckSums(frame.Bytes.Span);
            Assert.IsTrue(frame.TimeUs >= timeUs);
            timeUs = frame.TimeUs;
            TcpSegment segment = headers.Find(frame);
            CheckNumbers(next, segment);
            _ = segment.Dest.Port == 1883
                ? toBroker += segment.Length
                : fromBroker += segment.Length;
        }

        Assert.AreEqual((result.BytesIn, result.BytesOut), (toBroker, fromBroker));
        long lastUs = (_start - DateTime.UnixEpoch).Ticks / 10;
        Assert.IsTrue(timeUs > lastUs && timeUs <= lastUs + (result.PassedMs * 1000));
    }

    /// <summary>What goes through both ways reaches the broker as it was.</summary>
    [TestMethod]
    public void Capture_PlayedAgain_HasTheSameBytesFromClients()
    {
        byte[] recording = RandomSession.Record(11, 100, 5, 10, 1000);
        var reader = new RecordingReader(new MemoryStream(recording));
        var stream = new MemoryStream();
        var pcap = new PcapWriter(stream, reader.What.StartMs, _start);
        ReplayResult result = new Player(reader, reader.What, null, pcap).Play();
        pcap.Dispose();
        var what = new ReplayBroker(reader.What.Limits, new BrokerSettings(), true);
        string[] said = [.. new CaptureReplay(new MemoryStream(stream.ToArray()), 1883)
            .Play(what, null, null)];
        StringAssert.Contains(said[0], $"sent {result.BytesIn} bytes");
        Assert.AreEqual(2, said.Length, string.Join('\n', said));
    }

    [TestMethod]
    public void LargeTransmit_IsDivided_AndARefusedConnectionIsReset()
    {
        var stream = new MemoryStream();
        var pcap = new PcapWriter(stream, 0, _start);
        pcap.Opened(3, 0, 0);
        byte[] bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);
        pcap.Transmitted(3, bytes, 0, bytes.Length, bytes.Length, 1);
        pcap.Opened(MqttBroker.None, 0, 2);
        pcap.Dispose();
        TcpSegment[] segments = [.. new CaptureFile(new MemoryStream(stream.ToArray())).Frames()
            .Select(new FrameHeaders().Find)];
        CollectionAssert.AreEqual(
            bytes, segments.SelectMany(segment => segment.Payload.ToArray()).ToArray());
        Assert.IsTrue(segments.All(segment => segment.Length <= 65_495));
        Assert.AreEqual(PcapFrame.Reset | PcapFrame.Ack, segments[^1].Flags);
        Assert.AreEqual(IPAddress.Parse("10.1.0.3"), segments[0].Source.Address);
    }

    private static void CheckSums(ReadOnlySpan<byte> ip)
    {
        Assert.AreEqual(BinaryPrimitives.ReadUInt16BigEndian(ip[2..]), ip.Length);
        Assert.IsTrue(PcapFrame.IsRight(ip[..20], 0), "checksum of IP");
        uint pseudo = PcapFrame.Sum(ip[12..20]) + 6 + (uint)(ip.Length - 20);
        Assert.IsTrue(PcapFrame.IsRight(ip[20..], pseudo), "checksum of TCP");
    }

    private static void CheckNumbers(
        Dictionary<(IPEndPoint, IPEndPoint), uint> next, TcpSegment segment)
    {
        (IPEndPoint, IPEndPoint) key = (segment.Source, segment.Dest);
        if (!segment.Has(PcapFrame.Syn))
        {
            Assert.AreEqual(next[key], segment.Number);
        }

        bool takesNumber = segment.Has(PcapFrame.Syn) || segment.Has(PcapFrame.Fin);
        next[key] = segment.Number + (uint)segment.Length + (takesNumber ? 1u : 0u);
    }
}
