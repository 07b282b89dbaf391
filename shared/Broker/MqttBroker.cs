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

        /// <summary>Bytes of this class's own tables for one slot.</summary>
        private const int BytesPerSlot = 74;

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
        private readonly long[] _sinceMs;
        private readonly long[] _receivedMs;
        private readonly long[] _queueFullMs;
        private readonly int[] _nextFree;
        private readonly int[] _nextReady;
        private readonly bool[] _isReady;
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
            _subscriptions = new SubscriptionTable(limits.MaxSubscriptions, slots,
                limits.MaxSubscriptionLevels, new TopicLevels(limits.MaxTopicLevels, seed), _texts);
            _retained = new RetainedTable(limits.MaxRetainedMessages, limits.MaxRetainedLevels,
                new TopicLevels(limits.MaxTopicLevels, seed), _texts);
            _routes = new RouteCache(_subscriptions, limits.RouteEntries, limits.RouteTopicLength,
                limits.RouteResults, limits.MaxTopicLevels, seed);
            _clientIds = new ClientIdTable(slots, seed, _texts);

            // A packet is put together here when it came in pieces; so is what paused.
            _packet = new byte[limits.MaxPacketSize + limits.ReceiveSize];
            // A filter in SUBSCRIBE takes at least four bytes, in UNSUBSCRIBE three.
            _codes = new byte[limits.MaxPacketSize / 3];
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
            _sinceMs = new long[slots];
            _receivedMs = new long[slots];
            _queueFullMs = new long[slots];
            _nextFree = new int[slots];
            _nextReady = new int[slots];
            _isReady = new bool[slots];
            _stashFirst = new int[slots];
            _stashLast = new int[slots];
            _stashLength = new int[slots];
            _stashNeed = new int[slots];
            _stashSinceMs = new long[slots];
            _isPaused = new bool[slots];

            _connect = new ConnectPacket();
            _connack = new ConnackPacket();
            _publish = new PublishPacket();
            _ack = new AckPacket();
            _subscribe = new SubscribePacket();
            _unsubscribe = new UnsubscribePacket();
            _suback = new SubackPacket();
            _disconnect = new DisconnectPacket();
            _properties = new PropertyWriter();
            _sysTopics = new SysTopics();
            _sysSent = new long[SysTopics.Count];

            _freeSlot = None;
            _firstReady = None;
            _lastReady = None;
            _nextSweepMs = long.MaxValue;
            _connectCredit = limits.MaxConnectRate * 1000L;
            _connectCreditMs = nowMs;
            _nowMs = nowMs;
            _startMs = nowMs;
            _nextHousekeepingMs = nowMs;
            _nextSysMs = settings.SysIntervalS == 0
                ? long.MaxValue
                : nowMs + settings.SysIntervalS * 1000L;
        }

        /// <summary>A network connection has come.</summary>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        /// <returns>
        /// The connection's slot, 0 to MaxConnections - 1; None when all are in use and the host
        /// should close the connection.
        /// </returns>
        public int Open(long nowMs)
        {
            _nowMs = nowMs;
            int slot = _freeSlot;
            if (slot != None)
            {
                _freeSlot = _nextFree[slot];
            }
            else if (_untouchedSlot < _state.Length)
            {
                slot = _untouchedSlot++;
            }
            else
            {
                Counters[Counter.LimitConnections]++;
                return None;
            }

            _state[slot] = (byte)ConnectionState.AwaitingConnect;
            _version[slot] = 0;
            _flags[slot] = 0;
            _keepAliveMs[slot] = 0;
            _clientPacketSize[slot] = int.MaxValue;
            _will[slot] = MessageStore.None;
            _route[slot] = RouteCache.None;
            _transmitOffset[slot] = 0;
            _sinceMs[slot] = nowMs;
            _queueFullMs[slot] = 0;
            _stashFirst[slot] = BlockPool.None;
            _stashLength[slot] = 0;
            _isPaused[slot] = false;
            _queues.Reset(slot);
            OpenConnections++;
            Counters[Counter.ConnectionsAccepted]++;
            Arm(nowMs + _settings.ConnectTimeoutMs);
            return slot;
        }

        /// <summary>A network connection has gone; its slot is free afterwards.</summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        public void Close(int slot, long nowMs)
        {
            _nowMs = nowMs;
            if (_state[slot] == (byte)ConnectionState.Free)
            {
                return;
            }

            if (_state[slot] == (byte)ConnectionState.Connected)
            {
                Notify(BrokerEvent.Lost, slot, ReasonCode.UnspecifiedError, null);
                EndSession(slot, true);
            }

            ClearQueue(slot, false);
            DropStash(slot);
            _clientIds.Forget(slot);
            _state[slot] = (byte)ConnectionState.Free;
            _nextFree[slot] = _freeSlot;
            _freeSlot = slot;
            OpenConnections--;
        }

        /// <summary>Whether the host should close the network connection of a slot now.</summary>
        public bool WantsClose(int slot)
        {
            return _state[slot] == (byte)ConnectionState.Closing
                && _queues.Head[slot] == OutboundQueues.None;
        }

        /// <summary>
        /// The next slot that has something to transmit or wants to be closed; each is named once
        /// until it has more.
        /// </summary>
        /// <returns>A slot, or None when there is none left.</returns>
        public int TakeReady()
        {
            int slot = _firstReady;
            if (slot != None)
            {
                _firstReady = _nextReady[slot];
                _isReady[slot] = false;
            }

            return slot;
        }

        /// <summary>Tells all clients that the broker ends [0x8B]; Wills are not published.</summary>
        public void Shutdown(long nowMs)
        {
            _nowMs = nowMs;
            for (int slot = 0; slot < _untouchedSlot; slot++)
            {
                if (_state[slot] == (byte)ConnectionState.Connected)
                {
                    DropWill(slot);
                }

                if (_state[slot] != (byte)ConnectionState.Free)
                {
                    EndConnection(slot, ReasonCode.ServerShuttingDown, "the broker shuts down");
                }
            }
        }

        /// <summary>Where a connection stands.</summary>
        public ConnectionState StateOf(int slot)
        {
            return (ConnectionState)_state[slot];
        }

        /// <summary>The protocol version of a connected client, see ProtocolVersion.</summary>
        public byte VersionOf(int slot)
        {
            return _version[slot];
        }

        /// <summary>Copies a connection's Client Identifier.</summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="target">Takes up to MaxClientIdLength bytes of UTF-8.</param>
        /// <returns>Its bytes; 0 when none was accepted yet.</returns>
        public int ReadClientId(int slot, byte[] target)
        {
            _clientIds.Read(slot, target, 0);
            return _clientIds.LengthOf(slot);
        }

        private void Notify(BrokerEvent what, int slot, byte reasonCode, string why)
        {
            if (_observer != null)
            {
                _observer.On(what, slot, reasonCode, why);
            }
        }

        private void MarkReady(int slot)
        {
            if (_isReady[slot])
            {
                return;
            }

            _isReady[slot] = true;
            _nextReady[slot] = None;
            if (_firstReady == None)
            {
                _firstReady = slot;
            }
            else
            {
                _nextReady[_lastReady] = slot;
            }

            _lastReady = slot;
        }
    }
}
