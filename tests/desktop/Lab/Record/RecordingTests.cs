using System;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Lab.Record;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab.Record;

/// <summary>A recording plays to the same bytes and counters, or says what differs.</summary>
[TestClass]
public sealed class RecordingTests
{
    [TestMethod]
    [DataRow(4, 1)]
    [DataRow(4, 10)]
    [DataRow(4, 200)]
    [DataRow(5, 1)]
    [DataRow(5, 10)]
    [DataRow(5, 200)]
    public void RandomVerbs_PlayedAgain_AreIdentical(int version, int clients)
    {
        foreach (int payload in (int[])[0, 1, 16, 100, 1000, 60_000])
        {
            int steps = payload == 60_000 ? 500 : 2000;
            byte[] file = RandomSession.Record(payload + clients, payload, version, clients, steps);
            ReplayResult result = Play(file);
            Assert.AreEqual(null, result.Difference);
            Assert.AreEqual(RecordingEnd.Whole, result.End);
            Assert.IsTrue(result.BytesOut > 1000 && result.Verbs > steps, result.ToString());
        }
    }

    [TestMethod]
    public void SameSession_GivesTheSameFile() => CollectionAssert.AreEqual(
        RandomSession.Record(3, 100, 0, 10, 1000), RandomSession.Record(3, 100, 0, 10, 1000));

    [TestMethod]
    public void AnotherSecret_IsTheFirstDifference_WithItsPacketInWords()
    {
        byte[] file = RandomSession.Record(4, 16, 5, 10, 500);
        var reader = new RecordingReader(new MemoryStream(file));
        reader.What.Settings.ClientIdKey0 ^= 1;
        ReplayResult result = new Player(reader, reader.What).Play();
        StringAssert.Matches(result.Difference, new(
            "^verb \\d+ at \\d+\\.\\d{3} s, Transmit of slot \\d+: \\d+ other bytes were sent than "
            + "now: CONNACK 0x00 .*AssignedClientIdentifier"));
    }

    [TestMethod]
    public void OtherLimits_AreADifference()
    {
        var reader = new RecordingReader(new MemoryStream(
            RandomSession.Record(5, 100, 5, 10, 500)));
        reader.What.Limits.MaxConnections = 1;
        reader.What.Limits.ConnectSlots = 1;
        StringAssert.Contains(new Player(reader, reader.What).Play().Difference,
            "the broker does not take it: 15 bytes are not within the window of 0");
    }

    /// <summary>
    /// A host that passes a message on may have it in an array smaller than Transmit asks for.
    /// </summary>
    [TestMethod]
    [DataRow(4)]
    [DataRow(5)]
    public void WhatPassed_PlayedAgain_IsIdentical(int version)
    {
        var stream = new MemoryStream();
        var what = new Recording(
            new BrokerLimits(), new BrokerSettings(), true, 0, DateTime.UnixEpoch);
        var writer = new RecordingWriter(stream, what);
        var broker = new MqttBroker(
            what.Limits, what.Settings, new OpenAuthenticator(true), null, 0);
        broker.SetTap(writer);
        int subscriber = broker.Open(0, 0);
        int publisher = broker.Open(0, 0);
        string clean = version == 5 ? "[ ] " : "";
        Send(subscriber, $"10 [ `MQTT` 0{version} 02 00 00 {clean}`s` ]");
        Send(subscriber, $"82 [ 00 01 {clean}`a` 00 ]");
        Send(publisher, $"10 [ `MQTT` 0{version} 02 00 00 {clean}`p` ]");
        Send(publisher, $"30 [ `a` {clean}]");
        int[] sizes = [0, 1, 16, 58, 59, 60, 100, 121];
        foreach (int size in sizes)
        {
            byte[] bytes = Wire.Parse($"30 [ `a` {clean}*{size} ]");
            Assert.AreEqual(subscriber, broker.PassesTo(publisher, bytes, bytes.Length));
            broker.Pass(publisher, subscriber, bytes, bytes.Length, size);
        }

        writer.End(broker);
        ReplayResult result = Play(stream.ToArray());
        Assert.AreEqual(null, result.Difference);
        Assert.AreEqual(RecordingEnd.Whole, result.End);

        void Send(int slot, string text)
        {
            byte[] bytes = Wire.Parse(text);
            broker.Receive(slot, bytes, 0, bytes.Length, 0);
            while (broker.Ready() != MqttBroker.None)
            {
                broker.Transmit(broker.Ready(), new byte[200], 0, 200, 0);
            }
        }
    }

    /// <summary>The counters are compared besides the bytes.</summary>
    [TestMethod]
    public void OtherCounters_AreNamed()
    {
        var stream = new MemoryStream();
        var session = new RandomSession(1, 10, 4, stream);
        var other = new MqttBroker(
            new BrokerLimits(), new BrokerSettings(), new OpenAuthenticator(true), null, 0);
        session.Broker.Open(0, RandomSession.StartMs);
        session.Writer.End(other);
        Assert.AreEqual("at the end connections/accepted was 0 and is 1",
            Play(stream.ToArray()).Difference);
    }

    [TestMethod]
    public void Ticks_TakeTwoBytesAtMost()
    {
        var stream = new MemoryStream();
        var session = new RandomSession(1, 10, 4, stream);
        long before = stream.Length;
        for (int i = 1; i <= 1000; i++)
        {
            session.Broker.Tick(RandomSession.StartMs + (i * 100));
        }

        session.Writer.Dispose();
        Assert.AreEqual(2000 + 12, stream.ToArray().Length - before);
    }

    [TestMethod]
    public void Verbs_AllocateNothing()
    {
        var session = new RandomSession(1, 10, 4, Stream.Null);
        byte[] buffer = new byte[100];
        int slot = session.Broker.Open(0, RandomSession.StartMs);
        Play(10_000); // The first pieces, and what is compiled.
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(10_000);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Play(int count)
        {
            for (int i = 0; i < count; i++)
            {
                session.Writer.Received(slot, buffer, 0, 100, RandomSession.StartMs);
                session.Writer.Transmitted(slot, buffer, 0, 100, 90, RandomSession.StartMs);
                session.Writer.Ticked(RandomSession.StartMs);
            }
        }
    }

    /// <summary>A disk that is full ends the recording and nothing else.</summary>
    [TestMethod]
    public void StreamThatFails_IsToldOnce_AndWhatWasWrittenPlays()
    {
        var disk = new SmallDisk(200_000);
        int told = 0;
        new RandomSession(9, 1000, 5, disk, _ => told++).Run(10, 2000);
        Assert.AreEqual(1, told);
        ReplayResult result = Play(disk.ToArray());
        Assert.AreEqual(null, result.Difference);
        Assert.AreEqual(RecordingEnd.CutOff, result.End);
        Assert.IsTrue(result.Verbs > 100, result.ToString());
    }

    /// <summary>
    /// SHA-256 at the end may be left out; what is left still finds a difference.
    /// </summary>
    [TestMethod]
    public void WithoutAHash_TheRestIsCompared()
    {
        var stream = new MemoryStream();
        var what = new Recording(
            new BrokerLimits(), new BrokerSettings(), true, 0, DateTime.UnixEpoch);
        var writer = new RecordingWriter(stream, what) { HashesOutput = false };
        var broker = new MqttBroker(
            what.Limits, what.Settings, new OpenAuthenticator(true), null, 0);
        broker.SetTap(writer);
        byte[] connect = PacketBytes.Of(new Packet(PacketKind.Connect) { CleanStart = true });
        broker.Receive(broker.Open(0, 0), connect, 0, connect.Length, 0);
        broker.Transmit(0, new byte[100], 0, 100, 0);
        writer.End(broker);
        Assert.AreEqual((null, 3L, 4L), (Play(stream.ToArray()).Difference,
            Play(stream.ToArray()).Verbs, Play(stream.ToArray()).BytesOut));

        var reader = new RecordingReader(new MemoryStream(stream.ToArray()));
        Recording closed = reader.What with { AllowsAnonymous = false };
        StringAssert.Contains(new Player(reader, closed).Play().Difference,
            "Transmit of slot 0: 4 other bytes were sent than now: CONNACK 0x05");
    }

    [TestMethod]
    public void HeldTime_BoundsWhatAKilledProcessLoses()
    {
        var stream = new MemoryStream();
        var what = new Recording(
            new BrokerLimits(), new BrokerSettings(), true, 0, DateTime.UnixEpoch);
        var writer = new RecordingWriter(stream, what) { MostHeldMs = 1000 };
        long before = stream.Length;
        writer.Ticked(500);
        writer.Ticked(1499);
        Assert.AreEqual(before, stream.Length);
        writer.Ticked(1500);
        Assert.AreEqual(before + 12 + 3 + 3 + 1, stream.Length);
    }

    private static ReplayResult Play(byte[] file)
    {
        var reader = new RecordingReader(new MemoryStream(file));
        return new Player(reader, reader.What).Play();
    }

    private sealed class SmallDisk(int most) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            int room = (int)Math.Min(count, most - Length);
            base.Write(buffer, offset, room);
            if (room < count)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
