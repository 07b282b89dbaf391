using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Bench;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Bench;

/// <summary>What comes is counted, however the network has cut it.</summary>
[TestClass]
public sealed class InboxTests
{
    private static readonly int[] _sizes = [0, 1, 8, 16, 100, 1000, 60_000];

    [TestMethod]
    [DataRow(4)]
    [DataRow(5)]
    public void Packets_AreCounted_HoweverTheyAreCut(int version)
    {
        byte[] stream = [.. _sizes.SelectMany((size, i) => Message(version, size, 0, (uint)i + 1))];
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            Inbox inbox = NewInbox(version, out List<byte[]> answers);
            var client = new BenchClient { Last = new uint[1] };
            for (int at = 0; at < stream.Length;)
            {
                int cut = Math.Min(stream.Length - at, random.Next(4) == 0
                    ? random.Next(1, 40_000)
                    : random.Next(1, 8));
                inbox.Take(client, stream.AsSpan(at, cut), 1000);
                at += cut;
            }

            Assert.AreEqual(_sizes.Length, inbox.Delivered, $"seed {seed}");
            Assert.AreEqual(_sizes.Length, client.Got);
            Assert.AreEqual(4, inbox.Latency.Count, "those of 16 bytes and more");
            Assert.AreEqual(2, inbox.Gaps, "the numbers of the two that have none");
            Assert.AreEqual(0, inbox.Disorder);
            Assert.HasCount(_sizes.Length, answers);
        }
    }

    [TestMethod]
    public void WhatIsMissingTwiceOrLate_IsFound()
    {
        Inbox inbox = NewInbox(4, out _);
        var client = new BenchClient { Last = new uint[2] };
        foreach ((uint publisher, uint number) in new (uint, uint)[]
        {
            (0, 1), (1, 1), (0, 2), (0, 2), (1, 4), (1, 3), (0, 3),
        })
        {
            inbox.Take(client, Publish(4, 16, publisher, number), 0);
        }

        Assert.AreEqual(2, inbox.Gaps, "2 and 3 of the second publisher");
        Assert.AreEqual(2, inbox.Disorder, "2 again, and 3 after 4");
    }

    [TestMethod]
    public void ForeignPayload_CountsAndNothingElse()
    {
        Inbox inbox = NewInbox(4, out _);
        var client = new BenchClient { Last = new uint[1] };
        inbox.Take(client, BenchPackets.Publish(4, "t", 30), 0);
        Assert.AreEqual(1, inbox.Delivered);
        Assert.AreEqual(0, inbox.Gaps + inbox.Disorder);
    }

    [TestMethod]
    [DataRow(1, "40020102 40020201")]
    [DataRow(2, "50020102 50020201")]
    public void Publish_AtQos1And2_IsAcknowledged(int qos, string acknowledgements)
    {
        Inbox inbox = NewInbox(5, out _);
        var client = new BenchClient { Last = new uint[1] };
        inbox.Take(client, Qos(qos, 0x102, 1), 0);
        inbox.Take(client, Qos(qos, 0x201, 2), 0);
        Assert.AreEqual(2, inbox.Delivered);
        Assert.AreEqual(0, inbox.Gaps + inbox.Disorder);
        Assert.AreEqual(acknowledgements.Replace(" ", ""), Said(client));
    }

    [TestMethod]
    [DataRow("40020102", "", 1)]
    [DataRow("4003010200", "", 1)]
    [DataRow("4004010210 00", "", 1)]
    [DataRow("50020102", "62020102", 2)]
    [DataRow("5003010210", "62020102", 2)]
    [DataRow("5003010297", "", 1)]
    [DataRow("62020102", "70020102", 2)]
    [DataRow("70020102", "", 1)]
    public void Exchange_GoesOnOrEnds(string comes, string said, int unacknowledged)
    {
        Inbox inbox = NewInbox(5, out List<byte[]> answers);
        var client = new BenchClient { Unacknowledged = 2 };
        inbox.Take(client, Convert.FromHexString(comes.Replace(" ", "")), 0);
        Assert.AreEqual(said, Said(client));
        Assert.AreEqual(unacknowledged, client.Unacknowledged);
        Assert.HasCount(0, answers);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void PublishAndAcknowledge_AllocateNothing(int qos)
    {
        var load = new Load { Qos = qos, Version = 5 };
        Inbox inbox = NewInbox(5, out _);
        var subscriber = new BenchClient { Last = new uint[1] };
        BenchClient client = BenchClient.New("p", 0);
        var publisher = new Publisher(client, load, "t");
        byte[] fromSubscriber = new byte[1000];
        long before = 0;
        for (int i = 0; i < 2000; i++)
        {
            before = i == 1000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            publisher.Add(i);
            Hand(client, subscriber, inbox);
            for (int packet = 0; packet < 2 * qos - 1; packet++)
            {
                (BenchClient from, BenchClient to) = packet % 2 == 0
                    ? (subscriber, client) : (client, subscriber);
                Hand(from, to, inbox);
            }

            Assert.AreEqual(0, client.Unacknowledged, "the exchange is over");
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(2000, inbox.Delivered);
        Assert.AreEqual(0, inbox.Gaps + inbox.Disorder);
    }

    /// <summary>As if the broker handed it on as it is.</summary>
    private static void Hand(BenchClient from, BenchClient to, Inbox inbox)
    {
        inbox.Take(to, from.Out.AsSpan(from.OutStart, from.OutEnd - from.OutStart), 0);
        from.OutStart = from.OutEnd = 0;
    }

    private static byte[] Qos(int qos, int packetId, uint number)
    {
        byte[] packet = PacketBytes.Of(new Packet(PacketKind.Publish)
        {
            Version = 5,
            Qos = qos,
            PacketId = packetId,
            Topic = "a/b",
            Payload = new byte[16],
        });
        Stamp.Write(packet.AsSpan(packet.Length - 16), 0, number, 0);
        return packet;
    }

    private static string Said(BenchClient client) =>
        Convert.ToHexString(client.Out.AsSpan(client.OutStart, client.OutEnd - client.OutStart));

    private static Inbox NewInbox(int version, out List<byte[]> answers)
    {
        var told = new List<byte[]>();
        answers = told;
        return new Inbox(version) { Answered = (_, packet) => told.Add(packet) };
    }

    private static byte[] Message(int version, int size, uint publisher, uint number) =>
        [.. PacketBytes.Of(new Packet(PacketKind.Pingresp)),
            .. Publish(version, size, publisher, number)];

    private static byte[] Publish(int version, int size, uint publisher, uint number)
    {
        byte[] packet = PacketBytes.Of(new Packet(PacketKind.Publish)
        {
            Version = version,
            Topic = "a/b",
            Payload = new byte[size],
            Properties = version == 5 && number % 2 == 0
                ? [.. Enumerable.Range(0, 30).Select(
                    i => new Property(Property.UserProperty, ("name", $"value {i}")))]
                : [],
        });
        Stamp.Write(packet.AsSpan(packet.Length - size), publisher, number, 0);
        return packet;
    }
}
