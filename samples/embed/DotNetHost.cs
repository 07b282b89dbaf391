using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Broker;

namespace EdgeBroker.Samples
{
    /// <summary>The smallest host of the core on .NET: one thread, non-blocking sockets.</summary>
    public static class DotNetHost
    {
        /// <summary>Serves until the process ends.</summary>
        public static void Serve(int port)
        {
            var limits = new BrokerLimits();
            var broker = new MqttBroker(limits, new BrokerSettings(),
                new OpenAuthenticator(true), null, Environment.TickCount64);
            var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            var sockets = new Socket[limits.Slots()];
            var buffer = new byte[Math.Max(limits.ReceiveSize, 4096)];
            while (true)
            {
                long now = Environment.TickCount64;
                while (broker.CanOpen() && listener.Pending())
                {
                    Socket socket = listener.AcceptSocket();
                    socket.Blocking = false;
                    sockets[broker.Open(0, now)] = socket;
                }

                for (int slot = 0; slot < sockets.Length; slot++)
                {
                    int window = sockets[slot] == null ? 0 : broker.ReceiveWindow(slot);
                    if (window > 0 && sockets[slot].Poll(0, SelectMode.SelectRead))
                    {
                        window = Math.Min(window, buffer.Length);
                        int got = sockets[slot].Receive(buffer, 0, window, 0, out SocketError e);
                        if (got > 0)
                        {
                            broker.Receive(slot, buffer, 0, got, now);
                        }
                        else if (e != SocketError.WouldBlock)
                        {
                            Close(broker, sockets, slot, now);
                        }
                    }
                }

                do
                {
                    broker.Tick(now);
                    for (int slot = broker.Ready(); slot >= 0; slot = broker.Ready())
                    {
                        Offer(broker, sockets, slot, buffer, now);
                    }
                }
                while (broker.NextDeadlineMs() <= now);

                System.Threading.Thread.Sleep(1);
                for (int slot = 0; slot < sockets.Length; slot++)
                {
                    // Those that took no more are asked again.
                    if (sockets[slot] != null && broker.HasOutput(slot))
                    {
                        Offer(broker, sockets, slot, buffer, now);
                    }
                }
            }
        }

        private static void Offer(
            MqttBroker broker, Socket[] sockets, int slot, byte[] buffer, long now)
        {
            while (broker.HasOutput(slot))
            {
                if (!sockets[slot].Poll(0, SelectMode.SelectWrite))
                {
                    broker.Block(slot, now);
                    return;
                }

                // Transmit's bytes must all go out, so this one Send may wait.
                int count = broker.Transmit(slot, buffer, 0, buffer.Length, now);
                try
                {
                    sockets[slot].Blocking = true;
                    sockets[slot].Send(buffer, 0, count, SocketFlags.None);
                    sockets[slot].Blocking = false;
                }
                catch (SocketException)
                {
                    Close(broker, sockets, slot, now);
                    return;
                }
            }

            broker.Transmit(slot, buffer, 0, buffer.Length, now);
            if (broker.WantsClose(slot))
            {
                Close(broker, sockets, slot, now);
            }
        }

        private static void Close(MqttBroker broker, Socket[] sockets, int slot, long now)
        {
            broker.Close(slot, now);
            sockets[slot].Dispose();
            sockets[slot] = null;
        }
    }
}
