using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.View;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>Messages and topics are counted from bytes, however these are cut.</summary>
[TestClass]
public sealed class TrafficTests
{
    private const int Handle = 7;

    private static readonly byte[] _connect =
        [0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5, 2, 0, 60, 0, 0, 0];

    [TestMethod]
    public void EveryCut_CountsTheSameMessages()
    {
        // QoS 0; QoS 1 with a property; an empty payload; a payload that takes a longer header.
        byte[] stream =
        [
            .. _connect,
            .. Publish(0x30, "a/b", [0], "21.5"u8),
            .. Publish(0x32, "a/b", [0, 9, 2, 1, 1], "22.5"u8),
            0xC0, 0,
            .. Publish(0x31, "c", [0], ""u8),
            .. Publish(0x30, "long", [0], new byte[300]),
        ];
        for (int cut = 0; cut <= stream.Length; cut++)
        {
            Traffic traffic = Fed(stream[..cut], stream[cut..]);
            Assert.AreEqual(4, traffic.Of(Handle).In.Messages, "cut at " + cut);
            Assert.AreEqual(stream.Length, traffic.Of(Handle).In.Bytes);
            Assert.AreEqual(4, traffic.Topics.Others.Messages
                + traffic.Topics.Topics.Sum(topic => topic.Flow.Messages), "cut at " + cut);
        }

        Traffic bytewise = Fed([.. stream.Select(b => (byte[])[b])]);
        Assert.AreEqual(4, bytewise.Of(Handle).In.Messages);
    }

    [TestMethod]
    public void LastValue_IsThePayloadAndNothingElse()
    {
        Traffic traffic = Fed(_connect, Publish(0x32, "a/b", [0, 9, 2, 1, 1], "22.5"u8));
        TopicTap topic = traffic.Topics.Topics.Single();
        Assert.AreEqual("a/b", topic.Name);
        Assert.AreEqual("22.5", Encoding.UTF8.GetString(topic.Value, 0, topic.Length));
    }

    [TestMethod]
    public void LastValue_ThatCameInPieces_HoldsNothingOfTheOneBefore()
    {
        byte[] publish = Publish(0x30, "a", [0], "new-21.5"u8);
        Traffic traffic = Fed(_connect, Publish(0x30, "a", [0], "old-99.9"u8));
        Feed(traffic, publish[..^4], publish[^4..]);
        TopicTap topic = traffic.Topics.Topics.Single();
        Assert.AreEqual(8, topic.Length);
        Assert.AreEqual("new-", Encoding.UTF8.GetString(topic.Value, 0, topic.Kept));
    }

    [TestMethod]
    public void HostileTopics_StayWithinBounds()
    {
        Traffic traffic = Fed(_connect);
        for (int i = 0; i < 2 * TopicTable.MaxTopics; i++)
        {
            Feed(traffic, Publish(0x30, "topic/" + i, [0], "x"u8));
        }

        Feed(traffic, Publish(0x30, new string('a', TopicTable.MaxName + 1), [0], "x"u8));
        // Packets that are not right: a name longer than the packet, and no room for a name.
        Feed(traffic, [0x30, 3, 0, 200, 1]);
        Feed(traffic, [0x30, 1, 0]);
        Assert.HasCount(TopicTable.MaxTopics, traffic.Topics.Topics);
        Assert.IsGreaterThan(0, traffic.Topics.Others.Messages);
        traffic.Topics.Sample(500);
        Assert.HasCount(TopicTable.MaxTopics / 2, traffic.Topics.Topics);
    }

    [TestMethod]
    public void ManyMessages_AreEstimatedFromAFew()
    {
        const int Each = 100_000;
        Traffic traffic = Fed(_connect);
        byte[] round = [.. ((string[])["a", "b", "c", "d"])
            .SelectMany(name => Publish(0x30, name, [0], "x"u8))];
        for (int i = 0; i < Each; i++)
        {
            Feed(traffic, round);
        }

        Assert.IsTrue(traffic.Topics.IsEstimate);
        Assert.AreEqual(4 * Each, traffic.Of(Handle).In.Messages, "clients' messages are exact");
        foreach (TopicTap topic in traffic.Topics.Topics)
        {
            Assert.AreEqual(Each, topic.Flow.Messages, 0.2 * Each, topic.Name);
        }

        for (int i = 0; i < 20; i++)
        {
            traffic.Topics.Sample(500);
        }

        Assert.IsFalse(traffic.Topics.IsEstimate, "it is quiet again");
    }

    private static Traffic Fed(params byte[][] pieces)
    {
        var broker = new MqttBroker(new BrokerLimits(), new BrokerSettings(),
            new OpenAuthenticator(true), null, 0);
        var traffic = new Traffic(broker);
        traffic.Open(Handle);
        Feed(traffic, pieces);
        return traffic;
    }

    private static void Feed(Traffic traffic, params byte[][] pieces)
    {
        foreach (byte[] piece in pieces)
        {
            traffic.Received(Handle, piece, piece.Length);
        }
    }

    /// <summary>A PUBLISH.</summary>
    /// <param name="first">Its first byte.</param>
    /// <param name="name">The Topic Name.</param>
    /// <param name="middle">What stands between name and payload; QoS 1 has 2 bytes.</param>
    /// <param name="payload">The payload.</param>
    private static byte[] Publish(
        byte first, string name, byte[] middle, ReadOnlySpan<byte> payload)
    {
        byte[] topic = Encoding.UTF8.GetBytes(name);
        int length = 2 + topic.Length + middle.Length + payload.Length;
        List<byte> packet = [first];
        packet.AddRange(length < 128
            ? [(byte)length]
            : [(byte)(length & 0x7F | 0x80), (byte)(length >> 7)]);
        packet.AddRange([(byte)(topic.Length >> 8), (byte)topic.Length, .. topic, .. middle]);
        packet.AddRange(payload);
        return [.. packet];
    }
}
