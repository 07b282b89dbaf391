using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// What the parts of a broker share. They get it as one object, for each reference that an
    /// object keeps takes 12 bytes of a board's heap.
    /// </summary>
    public sealed class BrokerParts
    {
        /// <summary>Sizes of everything.</summary>
        public readonly BrokerLimits Limits;

        /// <summary>Behaviour.</summary>
        public readonly BrokerSettings Settings;

        /// <summary>Hears of rare events; may be null.</summary>
        public readonly BrokerObserver Observer;

        /// <summary>The broker's time.</summary>
        public readonly Clock Clock = new Clock();

        /// <summary>How often something happened, see Counter.</summary>
        public readonly long[] Counters = new long[Counter.Count];

        /// <summary>What is known of each connection.</summary>
        public readonly ConnectionTable Connections;

        /// <summary>Sessions apart from connections; null where each connection is one.</summary>
        public readonly SessionTable Sessions;

        /// <summary>The messages.</summary>
        public readonly MessageStore Store;

        /// <summary>What waits to be sent on each connection.</summary>
        public readonly OutboundQueues Queues;

        /// <summary>Takes a name, properties, or figures for the time of a call.</summary>
        public readonly byte[] Scratch;

        /// <summary>Takes a response, or a Topic Filter, for the time of a call.</summary>
        public readonly byte[] Response;

        /// <summary>Who subscribed to what.</summary>
        public SubscriptionTable Subscriptions;

        /// <summary>Brings messages to queues.</summary>
        public Router Router;

        /// <summary>What goes out at QoS 1 and 2; null without Sessions.</summary>
        public Outgoing Outgoing;

        /// <summary>Makes those that need no others.</summary>
        /// <param name="limits">Sizes of everything.</param>
        /// <param name="settings">Behaviour.</param>
        /// <param name="observer">Hears of rare events, or null.</param>
        /// <param name="nowMs">The time.</param>
        public BrokerParts(BrokerLimits limits, BrokerSettings settings, BrokerObserver observer,
            long nowMs)
        {
            Limits = limits;
            Settings = settings;
            Observer = observer;
            Clock.NowMs = nowMs;
            int slots = limits.Slots();
            Connections = new ConnectionTable(slots);
            if (limits.HasSessions())
            {
                Sessions = new SessionTable(slots, limits.MaxSessions, Clock);
            }

            Store = new MessageStore(limits.MessageBlockSize, limits.MessageBlocks,
                limits.ReservedBlocks(), limits.MaxPacketSize);
            Queues = new OutboundQueues(slots, limits.MaxQueueEntries, Store);
            Scratch = new byte[limits.ScratchSize()];
            Response = new byte[limits.ResponseSize()];
        }

        /// <summary>Sessions are numbered below this.</summary>
        public int Places()
        {
            return Sessions == null ? Limits.Slots() : Sessions.Places;
        }

        /// <summary>The session of a connection, or None, see SessionTable.</summary>
        public int SessionOf(int slot)
        {
            return Sessions == null ? slot : Sessions.Of(slot);
        }

        /// <summary>The connection of a session, or None.</summary>
        public int ConnectionOf(int session)
        {
            return Sessions == null ? session : Sessions.ConnectionOf(session);
        }
    }
}
