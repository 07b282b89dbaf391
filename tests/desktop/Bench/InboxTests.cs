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
