using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>A broker with clients, driven by its verbs as a host does.</summary>
public sealed class BrokerRig
{
    /// <summary>A seed of all hashes, so that each count is the same every time.</summary>
    public const int HashSeed = 0x51ED270B;

    /// <summary>Messages at QoS 1 and 2 on their way to a client at most.</summary>
    public const int Window = 4;

    private const int ChunkSize = 1024;

    private readonly byte[] _out = new byte[ChunkSize];
    private readonly byte _version;

    /// <summary>The broker.</summary>
    public readonly MqttBroker Broker;

    /// <summary>Its clock in milliseconds.</summary>
    public long NowMs = 1000;

    /// <summary>A broker without clients.</summary>
    public BrokerRig(byte version)
        : this(version, Limits(), Settings())
    {
    }

    private BrokerRig(byte version, BrokerLimits limits, BrokerSettings settings)
    {
        _version = version;
        Broker = new MqttBroker(limits, settings, new OpenAuthenticator(true), null, NowMs);
    }

    /// <summary>
    /// A broker with QoS 2, sessions that outlive their connections, and a window of 4.
    /// </summary>
    public static BrokerRig WithSessions(byte version)
    {
        BrokerLimits limits = Limits();
        limits.MaxInflight = Window;
        limits.ReceiveMaximum = Window;
        limits.MaxSessions = limits.MaxConnections;
        limits.MaxQueueEntries = 4 * (limits.Slots() + limits.MaxSessions);
        limits.MaxSessionMessages = limits.MaxQueuedMessages;
        limits.MaxSessionBytes = limits.MaxQueuedBytes;
        BrokerSettings settings = Settings();
        settings.MaxQos = 2;
        return new BrokerRig(version, limits, settings);
    }

    /// <summary>The defaults of the core, for 16 clients that may come as fast as they like.
    /// </summary>
    public static BrokerLimits Limits()
    {
        var limits = new BrokerLimits();
        limits.MaxConnections = 16;
        limits.MaxQueueEntries = 80;
        limits.MaxConnectRate = 0;
        return limits;
    }

    /// <summary>The defaults without the figures under $SYS, and with HashSeed.</summary>
    public static BrokerSettings Settings()
    {
        var settings = new BrokerSettings();
        settings.HashSeed = HashSeed;
        settings.SysIntervalS = 0;
        return settings;
    }

    /// <summary>Connects a client.</summary>
    /// <returns>Its slot.</returns>
    public int Connect(string clientId)
    {
        int slot = Broker.Open(0, NowMs);
        Exchange(slot, ClientPackets.Connect(clientId, _version), 1);
        return slot;
    }

    /// <summary>Connects a client that subscribes.</summary>
    /// <returns>Its slot.</returns>
    public int Subscribe(string clientId, string filter, byte qos = 0)
    {
        int slot = Connect(clientId);
        Exchange(slot, ClientPackets.Subscribe(filter, _version, qos), 1);
        return slot;
    }

    /// <summary>A client sends a packet, and all that waits for anybody goes out.</summary>
    /// <param name="slot">The client.</param>
    /// <param name="packet">What it sends.</param>
    /// <param name="offers">How many connections are to get something.</param>
    public void Exchange(int slot, byte[] packet, int offers)
    {
        MqttBroker broker = Broker;
        int count;
        for (int at = 0; at < packet.Length; at += count)
        {
            // Of a stranger's CONNECT the beginning is taken first.
            int window = broker.ReceiveWindow(slot);
            count = packet.Length - at < window ? packet.Length - at : window;
            if (count == 0)
            {
                throw new InvalidOperationException("the broker takes nothing");
            }

            broker.Receive(slot, packet, at, count, NowMs);
        }

        int ready = broker.Ready();
        while (ready != MqttBroker.None && !broker.WantsClose(ready))
        {
            broker.Transmit(ready, _out, 0, ChunkSize, NowMs);
            offers--;
            ready = broker.Ready();
        }

        if (offers != 0)
        {
            throw new InvalidOperationException("not everybody got what is due");
        }
    }
}
