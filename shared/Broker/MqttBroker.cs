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

        private readonly BrokerParts _parts;
        private readonly Clock _clock;
        private readonly long[] _counters;
        private readonly ConnectionTable _connections;
        private readonly ClientIdTable _clientIds;
        private readonly ConnectRate _connectRate;
        private readonly ConnectRules _rules;
        private readonly Deadlines _deadlines;
        private readonly InboundBuffers _inbound;
        private readonly SlotQueue _turns;
        private readonly OutboundQueues _queues;
        private readonly QueuePressure _pressure;
        private readonly Patience _patience;
        private readonly Router _router;
        private readonly PlainPublish _plain;
        private readonly PacketWriter _writer;
        private readonly Responses _responses;
        private readonly RetainedMessages _retained;
        private readonly WillMessages _wills;
        private readonly SysFigures _figures;
        private readonly Replays _replays;
        private readonly SessionLife _life;
        private readonly QosExchange _exchange;

        private readonly ConnectPacket _connect;
        private readonly PublishPacket _publish;
        private readonly SubscribePacket _subscribe;
        private readonly ReasonPacket _reason;
        private readonly bool[] _isPlain;
        private readonly byte[] _packet;
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
            var parts = new BrokerParts(limits, settings, observer, nowMs);
            _parts = parts;
            _clock = parts.Clock;
            _counters = parts.Counters;
            _connections = parts.Connections;
            _queues = parts.Queues;
            _isPlain = _connections.IsPlain;
            _plainLength = limits.MaxPacketSize < 129 ? limits.MaxPacketSize - 2 : 127;

            int slots = limits.Slots();
            int places = parts.Places();
            _codes = new byte[limits.MaxFiltersPerPacket];
            _packet = new byte[limits.MaxPacketSize];
            _clientIds = new ClientIdTable(places, settings, limits);
            _connectRate = new ConnectRate(limits.MaxConnectRate, nowMs);
            _inbound = new InboundBuffers(limits);
            _turns = new SlotQueue(slots);
            _pressure = new QueuePressure(parts);
            _patience = new Patience(parts);
            _rules = new ConnectRules(parts, authenticator);
            _responses = new Responses(parts, _clientIds);
            _deadlines = new Deadlines(parts, _inbound, _responses, _pressure);

            var levels = new TopicLevels(limits.MaxTopicLevels, settings.HashSeed);
            int groups = parts.Sessions == null ? 0 : limits.MaxSharedSubscriptions;
            parts.Subscriptions = new SubscriptionTable(
                limits.MaxSubscriptions, places + groups, places - limits.ConnectSlots + groups,
                limits.MaxFilterShapes, levels,
                new BlockPool(limits.TextBlockSize, limits.TextBlocks));
            if (parts.Sessions != null)
            {
                parts.Subscriptions.Numbers = new SubscriptionNumbers(limits.MaxSubscriptions);
            }

            var routes = new RouteCache(parts.Subscriptions, limits.RouteEntries,
                limits.RouteTopicLength, limits.RouteResults);
            Incoming incoming = null;
            if (parts.Sessions != null)
            {
                parts.Outgoing = new Outgoing(parts, _responses);
                parts.Outgoing.Groups = groups == 0 ? null : new SharedGroups(parts);
                incoming = new Incoming(places, limits.ReceiveMaximum);
            }

            _exchange = new QosExchange(parts, _responses, incoming);
            _router = new Router(parts, routes, _pressure, _patience);
            parts.Router = _router;
            _plain = new PlainPublish(parts);
            var retained = new RetainedTable(
                limits.MaxRetainedMessages, levels, parts.Store.Pool);
            _retained = new RetainedMessages(parts, retained);
            _wills = new WillMessages(parts, _retained);
            _writer = new PacketWriter(parts);
            _figures = new SysFigures(parts, retained);
            _replays = new Replays(parts, _turns, retained, _figures);
            _life = new SessionLife(parts, _clientIds, _replays, _wills, incoming);

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
            _parts.Observer?.On(what, slot, reasonCode, why);
        }
    }
}
