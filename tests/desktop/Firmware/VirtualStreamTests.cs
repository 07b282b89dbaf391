using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>Bytes of a stream in the virtual network arrive once and in order, or not at all.
/// </summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class VirtualStreamTests
{
    private const int Steps = 400;
    private const int QuietMs = 2_000_000;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    public void WhateverBefallsThem_ArriveOnceAndInOrder(int seed)
    {
        var random = new Random(seed);
        var net = new VirtualStack(new Radio(), seed) { ReceiveBytes = 3000 };
        Listener listener = net.Listen(new IPEndPoint(0, 1883), 4);
        var path = new NetPath { JitterMs = 300, Loss = 0.2, BytesPerS = 20_000 };
        List<byte> up = [], upGot = [], down = [], downGot = [];
        var peer = new Peer(net, 1, path) { MaxCut = seed % 2 == 0 ? 7 : int.MaxValue };
        peer.OnData = (bytes, count) => downGot.AddRange(bytes.Take(count));
        peer.Connect();
        while (listener.Pending() == 0)
        {
            net.RunUntil(net.NowMs + 10);
        }

        Connection connection = listener.Accept();
        for (int step = 0; step < Steps; step++)
        {
            Disturb(random.Next(30), path, peer, random);
            byte[] bytes = new byte[random.Next(1, 600)];
            random.NextBytes(bytes);
            if (random.Next(3) == 0)
            {
                up.AddRange(bytes);
                peer.Send(bytes);
            }
            else if (!connection.IsReset)
            {
                int taken = Math.Max(0, connection.Write(bytes, 0, bytes.Length));
                down.AddRange(bytes.Take(taken));
            }

            Read(connection, upGot, random.Next(1, 500));
            net.RunUntil(net.NowMs + random.Next(200));
        }

        (path.IsMute, path.IsDeaf, path.BlackoutUntilMs, path.Loss) = (false, false, 0, 0);
        peer.GoOnReading();
        for (long end = net.NowMs + QuietMs; net.NowMs < end; net.RunUntil(net.NowMs + 500))
        {
            Read(connection, upGot, 5000);
        }

        Assert.IsTrue(up.Take(upGot.Count).SequenceEqual(upGot), "what came of the client");
        Assert.IsTrue(down.Take(downGot.Count).SequenceEqual(downGot), "what came to the client");
        if (!connection.IsReset && !peer.IsReset)
        {
            Assert.HasCount(up.Count, upGot);
            Assert.HasCount(down.Count, downGot);
        }
    }

    private static void Disturb(int what, NetPath path, Peer peer, Random random)
    {
        switch (what)
        {
            case 0:
                path.IsMute = !path.IsMute;
                break;
            case 1:
                path.IsDeaf = !path.IsDeaf;
                break;
            case 2:
                peer.StopReading(random.Next(1000));
                break;
            case 3:
                peer.GoOnReading();
                break;
        }
    }

    private static void Read(Connection connection, List<byte> got, int most)
    {
        byte[] buffer = new byte[most];
        if (connection.IsReadable() && !connection.IsReset)
        {
            int count = connection.Read(buffer, 0, most);
            got.AddRange(buffer.Take(Math.Max(0, count)));
        }
    }
}
