using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Drives a broker with buffers of its own and allocates nothing once it runs.</summary>
internal sealed class CoreDriver
{
    private const int MaxTurns = 1000;

    private readonly byte[] _output = new byte[65536];
    private readonly byte[] _packet = new byte[65536];

    public CoreDriver(BrokerLimits limits, BrokerSettings settings)
    {
        Limits = limits;
        Broker = new MqttBroker(limits, settings, new OpenAuthenticator(true), null, 0);
    }

    public BrokerLimits Limits { get; }

    public MqttBroker Broker { get; }

    /// <summary>The clock in milliseconds.</summary>
    public long NowMs { get; set; }

    /// <summary>Bytes that all clients have got.</summary>
    public long Received { get; private set; }

    /// <summary>Whether the sockets take nothing.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Opens a connection and sends these packets on it.</summary>
    public int Open(byte[] packets)
    {
        int slot = Broker.Open(0, NowMs);
        Send(slot, packets);
        return slot;
    }

    /// <summary>Sends packets; the broker has to take all of them, sooner or later.</summary>
    public void Send(int slot, byte[] packets)
    {
        // Through a buffer of its own, for the broker may change what it is given.
        Array.Copy(packets, _packet, packets.Length);
        int taken = 0;
        while (taken < packets.Length)
        {
            int window = Broker.ReceiveWindow(slot);
            for (int turns = 0; window == 0; turns++)
            {
                if (turns == MaxTurns)
                {
                    throw new InvalidOperationException("the broker takes nothing");
                }

                Flush();
                NowMs += turns > MaxTurns / 2 ? 1 : 0;
                Broker.Tick(NowMs);
                window = Broker.ReceiveWindow(slot);
            }

            int part = Math.Min(window, packets.Length - taken);
            Broker.Receive(slot, _packet, taken, part, NowMs);
            taken += part;
        }
    }

    /// <summary>
    /// Sends what waits for every client, and closes whom the broker wants closed.
    /// </summary>
    public void Flush()
    {
        int slot;
        while ((slot = Broker.Ready()) != MqttBroker.None)
        {
            if (IsFrozen && !Broker.WantsClose(slot))
            {
                Broker.Block(slot, NowMs);
                continue;
            }

            int count;
            while ((count = Broker.Transmit(slot, _output, 0, _output.Length, NowMs)) > 0)
            {
                Received += count;
            }

            if (Broker.WantsClose(slot))
            {
                Broker.Close(slot, NowMs);
            }
        }
    }
}
