using System;
using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// The broker as a machine from bytes and time to bytes. A host opens a slot for each network
    /// connection, hands over what arrives, and sends what Transmit writes. One thread at a time.
    /// All memory is taken here, by the limits; the verbs allocate nothing.
    /// </summary>
    public sealed partial class MqttBroker
    {
        /// <summary>No slot.</summary>
        public const int None = -1;

        /// <summary>What the broker is called in $SYS/broker/version.</summary>
        public const string Version = "EdgeBroker version 0.1.0";

        /// <summary>All counters, indexed by Counter.</summary>
        public readonly long[] Counters;

        /// <summary>Clients connected now.</summary>
        public int ConnectedClients;

        /// <summary>Slots in use now.</summary>
        public int OpenConnections;

        private readonly BrokerLimits _limits;
        private readonly BrokerSettings _settings;
        private readonly Authenticator _authenticator;
        private readonly BrokerObserver _observer;

        private readonly MessageStore _messages;
        private readonly OutboundQueues _queues;
        private readonly SubscriptionTable _subscriptions;
        private readonly RetainedTable _retained;
        private readonly RouteCache _routes;
        private readonly ClientIdTable _clientIds;
        private readonly BlockPool _texts;
        private readonly byte[] _packet;
        private readonly byte[] _scratch;
        private readonly byte[] _response;

        private readonly byte[] _state;
        private readonly byte[] _version;
        private readonly byte[] _flags;
        private readonly int[] _keepAliveMs;
        private readonly int[] _clientPacketSize;
        private readonly int[] _will;
        private readonly byte[] _willHeader;
        private readonly int[] _route;
        private readonly int[] _transmitOffset;
        private readonly long[] _begunMs;
        private readonly long[] _sinceMs;
        private readonly long[] _receivedMs;
        private readonly long[] _queueFullMs;
        private readonly long[] _respondedMs;
        private readonly int[] _nextFree;
        private readonly int[] _nextReady;
        private readonly bool[] _isReady;
        private readonly bool[] _needsCare;
        private int _freeSlot;
        private int _untouchedSlot;
        private int _firstReady;
        private int _lastReady;
        private int _retainedBytes;
        private long _nowMs;

        /// <param name="limits">Sizes of everything; not to be changed afterwards.</param>
        /// <param name="settings">Behaviour; not to be changed afterwards.</param>
        /// <param name="authenticator">Who may connect.</param>
        /// <param name="observer">Hears of rare events, or null.</param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        /// <exception cref="ArgumentException">A limit or setting is out of its range.</exception>
        public MqttBroker(BrokerLimits limits, BrokerSettings settings,
            Authenticator authenticator, BrokerObserver observer, long nowMs)
        {
            limits.Validate();
            settings.Validate();
            _limits = limits;
            _settings = settings;
            _authenticator = authenticator;
            _observer = observer;
            Counters = new long[Counter.Count];

            int slots = limits.MaxConnections;
            int seed = settings.HashSeed;
            _texts = new BlockPool(limits.TextBlockSize, limits.TextBlocks);
            _messages = new MessageStore(
                limits.MessageBlockSize, limits.MessageBlocks, limits.ReservedBlocks());
            _queues = new OutboundQueues(slots, limits.MaxQueueEntries);
            // Scratch of both tables: nothing is matched while a walk over retained names goes on.
            var levels = new TopicLevels(limits.MaxTopicLevels, seed);
            _subscriptions = new SubscriptionTable(limits.MaxSubscriptions, slots,
                limits.MaxSubscriptionLevels, levels, _texts);
            _retained = new RetainedTable(limits.MaxRetainedMessages, limits.MaxRetainedLevels,
                levels, _texts);
            _routes = new RouteCache(_subscriptions, limits.RouteEntries, limits.RouteTopicLength,
                limits.RouteResults, limits.MaxTopicLevels, seed);
            _clientIds = new ClientIdTable(slots, seed, limits);

            // A packet is put together here when it came in pieces; so is what paused.
            int whole = limits.MaxPacketSize;
            _packet = new byte[whole > limits.ReceiveSize ? whole : limits.ReceiveSize];
            _codes = new byte[limits.MaxFiltersPerPacket];
            _scratch = new byte[ScratchExtra + limits.MaxTopicLength];
            _response = new byte[ScratchExtra + _codes.Length];

            _state = new byte[slots];
            _version = new byte[slots];
            _flags = new byte[slots];
            _keepAliveMs = new int[slots];
            _clientPacketSize = new int[slots];
            _will = new int[slots];
            _willHeader = new byte[slots];
            _route = new int[slots];
            _transmitOffset = new int[slots];
            _begunMs = new long[slots];
            _sinceMs = new long[slots];
            _receivedMs = new long[slots];
            _queueFullMs = new long[slots];
            _respondedMs = new long[slots];
            _nextFree = new int[slots];
            _nextReady = new int[slots];
            _isReady = new bool[slots];
            _needsCare = new bool[slots];
            _stashFirst = new int[slots];
            _stashLast = new int[slots];
            _stashLength = new int[slots];
            _stashNeed = new int[slots];
            _stashSinceMs = new long[slots];
            _isPaused = new bool[slots];
            _sysReplay = new byte[slots];
            _awaitsFlush = new bool[slots];
            _sysSent = new int[SysTopics.Count + MaxHostFigures];

            _freeSlot = None;
            _firstReady = None;
            _lastReady = None;
            _nextSweepMs = long.MaxValue;
            _connectCredit = limits.MaxConnectRate * 1000L;
            _connectCreditMs = nowMs;
            _nowMs = nowMs;
            _startMs = nowMs;
            _budgetBytes = new MemoryLedger(limits).TotalBytes();
            _nextHousekeepingMs = nowMs;
            _nextSysMs = settings.SysIntervalS == 0
                ? long.MaxValue
                : nowMs + settings.SysIntervalS * 1000L;
        }
    }
}
