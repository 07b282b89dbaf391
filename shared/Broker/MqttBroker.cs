using System;
using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// The broker as a machine from bytes and time to bytes: the verbs that a host drives it with,
    /// and the handling of each Control Packet.
    /// </summary>
    /// <remarks>
    /// A host opens a slot for each network connection, hands over what arrives, offers to each
    /// socket what Ready names, and calls Tick when NextDeadlineMs has come. One thread at a time.
    /// All memory is taken in the constructor, by the limits. Verbs do work and take the time;
    /// questions change nothing and may be asked in any order. docs/architecture.md has the rules
    /// of flow. A call that breaks the contract throws, see Misuse.
    /// </remarks>
    public sealed partial class MqttBroker
    {
        /// <summary>No slot.</summary>
        public const int None = -1;

        /// <summary>What the broker is called in $SYS/broker/version.</summary>
        public const string Version = "EdgeBroker version 0.1.0";

        private readonly BrokerLimits _limits;
        private readonly BrokerSettings _settings;
        private readonly BrokerObserver _observer;
        private readonly Clock _clock = new Clock();
        private readonly long[] _counters = new long[Counter.Count];

        private readonly ConnectionTable _connections;
        private readonly ClientIdTable _clientIds;
        private readonly ConnectRate _connectRate;
        private readonly ConnectRules _rules;
        private readonly Deadlines _deadlines;
        private readonly InboundBuffers _inbound;
        private readonly SlotQueue _turns;
        private readonly MessageStore _store;
        private readonly OutboundQueues _queues;
        private readonly QueuePressure _pressure;
        private readonly Patience _patience;
        private readonly Router _router;
        private readonly PlainPublish _plain;
        private readonly PacketWriter _writer;
        private readonly Responses _responses;
        private readonly MessageIntake _intake;
        private readonly SubscriptionTable _subscriptions;
        private readonly RetainedMessages _retained;
        private readonly WillMessages _wills;
        private readonly SysFigures _figures;
        private readonly Replays _replays;
        private readonly SessionTable _sessions;
        private readonly SessionLife _life;
        private readonly Outgoing _outgoing;
        private readonly QosExchange _exchange;

        private readonly ConnectPacket _connect;
        private readonly PublishPacket _publish;
        private readonly SubscribePacket _subscribe;
        private readonly ReasonPacket _reason;
        private readonly bool[] _isPlain;
        private readonly byte[] _packet;
        private readonly byte[] _scratch;
        private readonly byte[] _codes;
        private readonly int _plainLength;
        private int _refused = None;
        private VerbTap _tap;
        private long _housekeepingMs;

        /// <param name="limits">Sizes of everything; not to be changed afterwards.</param>
        /// <param name="settings">Behaviour; not to be changed afterwards.</param>
        /// <param name="authenticator">Who may connect.</param>
        /// <param name="observer">Hears of rare events, or null.</param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        /// <exception cref="ArgumentNullException">There is no authenticator.</exception>
        /// <exception cref="ArgumentException">A limit or setting is out of its range.</exception>
        public MqttBroker(BrokerLimits limits, BrokerSettings settings,
            Authenticator authenticator, BrokerObserver observer, long nowMs)
        {
            if (authenticator == null)
            {
                throw new ArgumentNullException("authenticator");
            }

            limits.Validate();
            settings.Validate(limits);
            _limits = limits;
            _settings = settings;
            _observer = observer;
            _clock.NowMs = nowMs;
            _plainLength = limits.MaxPacketSize < 129 ? limits.MaxPacketSize - 2 : 127;

            int slots = limits.Slots();
            _codes = new byte[limits.MaxFiltersPerPacket];
            _packet = new byte[limits.MaxPacketSize];
            _scratch = new byte[limits.ScratchSize()];
            var response = new byte[limits.ResponseSize()];

            _connections = new ConnectionTable(slots);
            _isPlain = _connections.IsPlain;
            _sessions = new SessionTable(slots, limits, _clock);
            int places = _sessions.Places;
            _clientIds = new ClientIdTable(places, settings, limits);
            _connectRate = new ConnectRate(limits.MaxConnectRate, nowMs);
            _inbound = new InboundBuffers(limits);
            _turns = new SlotQueue(slots);
            _store = new MessageStore(limits.MessageBlockSize, limits.MessageBlocks,
                limits.ReservedBlocks(), limits.MaxPacketSize);
            _queues = new OutboundQueues(slots, limits.MaxQueueEntries, _store);
            _pressure = new QueuePressure(
                limits, settings, observer, _connections, _queues, _store, _clock, _counters);

            _intake = new MessageIntake(_store, _clock);
            _rules = new ConnectRules(limits, settings, authenticator, _counters);
            _responses = new Responses(limits, settings, _connections, _clientIds, _queues,
                _store, _clock, _counters, _scratch, response);
            _deadlines = new Deadlines(
                settings, _connections, _inbound, _queues, _responses, _pressure, _clock);

            var levels = new TopicLevels(limits.MaxTopicLevels, settings.HashSeed);
            var texts = new BlockPool(limits.TextBlockSize, limits.TextBlocks);
            _subscriptions = new SubscriptionTable(
                limits.MaxSubscriptions, places, places - limits.ConnectSlots,
                limits.MaxFilterShapes, levels, texts);
            var routes = new RouteCache(_subscriptions, limits.RouteEntries,
                limits.RouteTopicLength, limits.RouteResults);
            _patience = new Patience(
                limits, settings.SlowGraceMs, _connections, _queues, _clock);
            _outgoing = !_sessions.IsOn ? null : new Outgoing(limits, settings, _sessions,
                _connections, _queues, _store, _responses, _clock, _counters);
            var incoming = !_sessions.IsOn ? null : new Incoming(places, limits.ReceiveMaximum);
            _exchange = new QosExchange(
                _connections, _sessions, _responses, _outgoing, incoming);
            _router = new Router(limits, routes, _store, _queues, _pressure, _patience,
                _sessions, _outgoing, _scratch);
            _plain = new PlainPublish(
                limits, _connections, _sessions, _router, _queues, _store, _counters);
            var retained = new RetainedTable(limits.MaxRetainedMessages, levels, _store.Pool);
            _retained = new RetainedMessages(
                limits, retained, _store, _clock, _counters, _scratch);
            _wills = new WillMessages(slots, _store, _intake, _retained, _router, _clock);
            _writer = new PacketWriter(
                _connections, _queues, _store, _clock, _counters, _outgoing);
            _figures = new SysFigures(limits, settings, _connections, _subscriptions, retained,
                _store, _queues, _router, _clock, _counters, _scratch);
            _replays = new Replays(limits, _turns, _subscriptions, retained, _store, _queues,
                _router, _figures, _sessions, _outgoing, _clock, response);
            _life = new SessionLife(limits, _connections, _sessions, _subscriptions, _clientIds,
                _replays, _outgoing, incoming);

            // One packet is handled at a time: one set of properties serves all.
            _connect = new ConnectPacket();
            _publish = new PublishPacket(_connect.Properties);
            _subscribe = new SubscribePacket(_connect.Properties);
            _reason = new ReasonPacket(_connect.Properties);
        }

        /// <summary>Clients connected now.</summary>
        public int ConnectedClients
        {
            get { return _connections.Clients; }
        }

        /// <summary>Slots in use now.</summary>
        public int OpenConnections
        {
            get { return _connections.Count; }
        }

        /// <summary>How often something happened, see Counter.</summary>
        public long CounterOf(int counter)
        {
            return Counter.Of(_counters, counter);
        }

        /// <summary>Copies all counters.</summary>
        /// <param name="target">Counter.Count long, indexed by Counter.</param>
        public void ReadCounters(long[] target)
        {
            Array.Copy(_counters, target, Counter.Count);
            target[Counter.MessagesReceived] = CounterOf(Counter.MessagesReceived);
            target[Counter.MessagesSent] = CounterOf(Counter.MessagesSent);
        }

        /// <summary>A figure as it stands under $SYS; texts have their number, or 0.</summary>
        /// <param name="topic">An index of SysTopics.</param>
        public long SysValue(int topic)
        {
            return topic == SysTopics.MemoryUsed
                ? _figures.ValueOf(topic) + _inbound.UsedBytes()
                : _figures.ValueOf(topic);
        }

        /// <summary>Adds the host's own figures; once, before the first connection.</summary>
        /// <param name="host">Up to 16 figures; more are left out.</param>
        public void SetHost(HostFigures host)
        {
            _figures.SetHost(host);
        }

        /// <summary>Has every verb told to somebody, from now on; null for nobody.</summary>
        public void SetTap(VerbTap tap)
        {
            _tap = tap;
        }

        private void Notify(BrokerEvent what, int slot, byte reasonCode, string why)
        {
            _observer?.On(what, slot, reasonCode, why);
        }
    }
}
