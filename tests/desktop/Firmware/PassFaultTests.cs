using System;
using System.Collections.Generic;
using System.Net.Sockets;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>A socket fails at the moment at which a message would be handed on to it.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class PassFaultTests
{
    public static IEnumerable<object[]> Errors =>
        [[new SocketException(NetStack.ConnectionReset)], [new ObjectDisposedException("Socket")]];

    [TestMethod]
    [DynamicData(nameof(Errors))]
    public void ErrorOfPoll_ClosesThatClientOnly(Exception error)
    {
        var lab = new NetLab();
        NetClient broken = lab.Subscribed("b", "t");
        NetClient publisher = lab.Connected("p");
        publisher.Publish("t", 10);
        lab.RunUntil(() => broken.Received == 1, 1_000, "the name is known");
        broken.Peer.Connection.WriteFault = error;
        publisher.Publish("t", 10);
        lab.RunUntil(() => broken.IsClosed, 1_000, "it is closed");
        Assert.IsFalse(publisher.IsClosed);
        Assert.AreEqual(2, lab.Broker.CounterOf(Counter.PublishReceived));
        Assert.AreEqual(1, lab.Broker.CounterOf(Counter.PublishSent), "to nobody");
    }

    /// <summary>
    /// Its Will nearly fills a queue, and from then on nothing is read; but what was read already
    /// has to be taken.
    /// </summary>
    [TestMethod]
    [DynamicData(nameof(Errors))]
    public void ErrorOfPoll_WhereTheWillStopsReading_ThrowsNothing(Exception error)
    {
        var lab = new NetLab();
        NetClient frozen = lab.Subscribed("f", "w");
        NetClient broken = lab.Client("b");
        broken.Peer.OnOpen = () => broken.Peer.Send(
            [0x10, 18, 0, 4, .. "MQTT"u8, 4, 6, 0, 0, 0, 1, (byte)'b', 0, 1, (byte)'w', 0, 0]);
        broken.Peer.Connect();
        lab.RunUntil(() => broken.IsAccepted, 1_000, "accepted");
        broken.Subscribe("t");
        NetClient publisher = lab.Connected("p");
        NetClient filler = lab.Connected("q");
        publisher.Publish("t", 10);
        lab.RunUntil(() => broken.Received == 1, 1_000, "the name is known");

        frozen.Peer.StopReading(0);
        const int Apart = 12; // Segments of their own: they fill the socket.
        lab.RunFor(Apart, i => filler.Publish("w", 1));
        long received = Apart + 1;
        lab.RunUntil(() => Count(Counter.PublishReceived) == received, 1_000, "all arrived");
        int most = lab.Limits.MaxQueuedMessages - 1;
        int waiting = (int)lab.Broker.SysValue(SysTopics.StoredMessages) - 1; // The Will.
        Assert.IsGreaterThan(0, waiting, "the socket is full");
        for (; waiting < most; waiting++, received++)
        {
            filler.Publish("w", 1);
        }

        lab.RunUntil(() => Count(Counter.PublishReceived) == received, 1_000, "all but one");
        Assert.AreEqual(most + 1, lab.Broker.SysValue(SysTopics.StoredMessages));
        broken.Peer.Connection.WriteFault = error;
        publisher.Publish("t", 10);
        lab.RunUntil(() => broken.IsClosed, 1_000, "it is closed");
        Assert.IsFalse(publisher.IsClosed);
        Assert.AreEqual(0, Count(Counter.PublishDropped));

        long Count(int counter) => lab.Broker.CounterOf(counter);
    }
}
