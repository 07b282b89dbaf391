using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Config;

/// <summary>
/// Limits for a PC: generous but finite, for memory is touched only when it is used. What is not
/// stated adapts to what is, and the sizes of the inner tables follow from the limits that an
/// operator thinks in.
/// </summary>
public sealed class DesktopLimits
{
    private const int MiB = 1024 * 1024;
    private const int MessageBlockSize = 256;
    private const int TextBlockSize = 16;
    private const int InboundBlockSize = 256;
    private const int MostTableEntries = 100_000_000;
    private const int ReceiveSize = 65_536;

    private int? _maxConnectSize;
    private int? _maxPacketSize;
    private int? _maxSubscriptions;
    private int? _maxSubscriptionsPerClient;
    private int? _maxQueuedBytes;
    private int? _maxRetainedBytes;
    private int? _memoryLimit;

    /// <summary>Clients connected at once.</summary>
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Longest Client Identifier in bytes.</summary>
    public int MaxClientIdLength { get; set; } = 65_535;

    /// <summary>CONNECT packets per second; 0 means no limit.</summary>
    public int MaxConnectRate { get; set; }

    /// <summary>Largest CONNECT in bytes.</summary>
    public int MaxConnectSize
    {
        get => _maxConnectSize ?? Math.Min(65_536, MaxPacketSize);
        set => _maxConnectSize = value;
    }

    /// <summary>Largest Control Packet in bytes.</summary>
    public int MaxPacketSize
    {
        get => _maxPacketSize ?? Math.Max(_maxConnectSize ?? 0,
            Math.Min(Math.Min(MiB, MemoryLimit / 4), _maxQueuedBytes ?? MiB));
        set => _maxPacketSize = value;
    }

    /// <summary>Subscriptions of all clients.</summary>
    public int MaxSubscriptions
    {
        get => _maxSubscriptions ?? Math.Max(200_000, _maxSubscriptionsPerClient ?? 0);
        set => _maxSubscriptions = value;
    }

    /// <summary>Subscriptions of one client.</summary>
    public int MaxSubscriptionsPerClient
    {
        get => _maxSubscriptionsPerClient ?? Math.Min(100_000, MaxSubscriptions);
        set => _maxSubscriptionsPerClient = value;
    }

    /// <summary>Topic Filters in one SUBSCRIBE or UNSUBSCRIBE.</summary>
    public int MaxFiltersPerPacket { get; set; } = 10_000;

    /// <summary>Longest Topic Name or Topic Filter in bytes.</summary>
    public int MaxTopicLength { get; set; } = 65_535;

    /// <summary>Most Topic Levels.</summary>
    public int MaxTopicLevels { get; set; } = 200;

    /// <summary>Messages waiting for one client.</summary>
    public int MaxQueuedMessages { get; set; } = 100_000;

    /// <summary>Bytes of the messages waiting for one client: the largest packet or more.</summary>
    public int MaxQueuedBytes
    {
        get => _maxQueuedBytes ?? Math.Max(MaxPacketSize, Math.Min(16 * MiB, MemoryLimit / 2));
        set => _maxQueuedBytes = value;
    }

    /// <summary>Messages at QoS 1 and 2 on their way to one client.</summary>
    public int MaxInflight { get; set; } = 64;

    /// <summary>Sessions that outlive their connection.</summary>
    public int MaxSessions { get; set; } = 10_000;

    /// <summary>Longest time that a session outlives its connection; 0 for any.</summary>
    public int MaxSessionExpiryS { get; set; }

    /// <summary>Retained Messages.</summary>
    public int MaxRetainedMessages { get; set; } = 100_000;

    /// <summary>Bytes of the Retained Messages.</summary>
    public int MaxRetainedBytes
    {
        get => _maxRetainedBytes ?? Math.Min(64 * MiB, MemoryLimit / 2);
        set => _maxRetainedBytes = value;
    }

    /// <summary>Bytes for messages that wait or are retained and for unfinished packets.</summary>
    public int MemoryLimit
    {
        get => _memoryLimit ?? (int)Math.Min(2_000_000_000L, Math.Max(128L * MiB, 2L * Stated()));
        set => _memoryLimit = value;
    }

    /// <summary>Lowers MaxConnections, if need be, so that all connections have handles.</summary>
    /// <param name="handles">Handles for connections, strangers included.</param>
    public void FitInto(int handles)
    {
        int clients = Math.Max(handles - ConnectSlotsFor(handles), 1);
        MaxConnections = Math.Min(MaxConnections, clients);
    }

    /// <summary>The limits of the core, each table sized by what it has to hold.</summary>
    public BrokerLimits ToBrokerLimits()
    {
        int connectSlots = ConnectSlotsFor(MaxConnections);
        long slots = (long)MaxConnections + connectSlots;
        // Filters of 48 bytes, Client Identifiers of 256: the longest ones find room as well.
        long textBlocks = 3L * MaxSubscriptions + 2L * MaxTopicLength / TextBlockSize;
        long sessions = slots + MaxSessions;
        long clientIdBlocks = sessions * (256 / TextBlockSize) + 4L * 65_536 / TextBlockSize;
        long queueEntries = Math.Max(1_000_000L, Math.Max(10L * MaxQueuedMessages, 8L * sessions));
        int inbound = Math.Max(MemoryLimit / 4, MaxPacketSize + 2 * ReceiveSize);
        return new BrokerLimits
        {
            MaxConnections = MaxConnections,
            ConnectSlots = connectSlots,
            MaxClientIdLength = MaxClientIdLength,
            MaxConnectRate = MaxConnectRate,
            MaxConnectSize = MaxConnectSize,
            MaxPacketSize = MaxPacketSize,
            ReceiveSize = ReceiveSize,
            MaxSubscriptions = MaxSubscriptions,
            MaxSubscriptionsPerClient = MaxSubscriptionsPerClient,
            MaxFiltersPerPacket = MaxFiltersPerPacket,
            MaxFilterShapes = 64,
            MaxTopicLength = MaxTopicLength,
            MaxTopicLevels = MaxTopicLevels,
            MaxQueuedMessages = MaxQueuedMessages,
            MaxQueuedBytes = MaxQueuedBytes,
            MaxQueueEntries = Entries(queueEntries),
            MaxQueuedResponses = 100,
            MaxInflight = (int)Math.Min(MaxInflight, MostTableEntries / sessions),
            ReceiveMaximum = (int)Math.Min(100, MostTableEntries / sessions),
            MaxSessions = MaxSessions,
            MaxSessionExpiryS = MaxSessionExpiryS,
            MaxSharedSubscriptions = 10_000,
            MaxSessionMessages = MaxQueuedMessages,
            MaxSessionBytes = MaxQueuedBytes,
            MaxRetainedMessages = MaxRetainedMessages,
            MaxRetainedBytes = MaxRetainedBytes,
            MessageBlockSize = MessageBlockSize,
            MessageBlocks = MemoryLimit / MessageBlockSize,
            InboundBlockSize = InboundBlockSize,
            InboundBlocks = inbound / InboundBlockSize,
            TextBlockSize = TextBlockSize,
            TextBlocks = Entries(textBlocks),
            ClientIdBlocks = Entries(clientIdBlocks),
            RouteEntries = 65_536,
            RouteTopicLength = Math.Min(128, MaxTopicLength),
            RouteResults = Entries(Math.Max(500_000L, 4L * slots)),
        };
    }

    private static int Entries(long count)
    {
        return (int)Math.Min(count, MostTableEntries);
    }

    private static int ConnectSlotsFor(int connections)
    {
        return Math.Max(16, connections / 100);
    }

    /// <summary>The largest of the stated limits that message memory has to hold.</summary>
    private int Stated()
    {
        int packets = Math.Max(_maxPacketSize ?? 0, _maxConnectSize ?? 0);
        return Math.Max(packets, Math.Max(_maxQueuedBytes ?? 0, _maxRetainedBytes ?? 0));
    }
}
