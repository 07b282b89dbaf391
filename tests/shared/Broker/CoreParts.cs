#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>The parts that queue and keep messages, put together without a broker.</summary>
    public sealed class CoreParts
    {
        /// <summary>To be changed before Start.</summary>
        public readonly BrokerLimits Limits = new BrokerLimits();

        /// <summary>To be changed before Start.</summary>
        public readonly BrokerSettings Settings = new BrokerSettings();

        /// <summary>What the observer heard.</summary>
        public readonly EventLog Events = new EventLog();

        /// <summary>The counters.</summary>
        public long[] Counters;

        /// <summary>The clock.</summary>
        public Clock Clock;

        /// <summary>The connections.</summary>
        public ConnectionTable Connections;

        /// <summary>The messages.</summary>
        public MessageStore Store;

        /// <summary>The queues.</summary>
        public OutboundQueues Queues;

        /// <summary>What slow subscribers lose.</summary>
        public QueuePressure Pressure;

        /// <summary>How long reading waits.</summary>
        public Patience Patience;

        /// <summary>Who subscribed to what.</summary>
        public SubscriptionTable Subscriptions;

        /// <summary>Routes messages.</summary>
        public Router Router;

        /// <summary>What is retained.</summary>
        public RetainedMessages Retained;

        /// <summary>The Wills.</summary>
        public WillMessages Wills;

        /// <summary>Five connections, eight messages each, little memory.</summary>
        public CoreParts()
        {
            Limits.MaxConnections = 4;
            Limits.MaxPacketSize = 128;
            Limits.MaxConnectSize = 128;
            Limits.MaxQueuedMessages = 8;
            Limits.MaxQueuedBytes = 512;
            Limits.MaxQueueEntries = 60;
            Limits.MessageBlockSize = 32;
            Limits.MessageBlocks = 40;
            Limits.MaxRetainedMessages = 6;
            Limits.MaxRetainedBytes = 200;
            Limits.MaxTopicLength = 32;
        }

        /// <summary>Makes the parts.</summary>
        public void Start()
        {
            Limits.Validate();
            int slots = Limits.Slots();
            BrokerParts parts = new BrokerParts(Limits, Settings, Events, 1000);
            Clock = parts.Clock;
            Counters = parts.Counters;
            Connections = parts.Connections;
            Store = parts.Store;
            Queues = parts.Queues;
            Pressure = new QueuePressure(parts);
            Patience = new Patience(parts);
            TopicLevels levels = new TopicLevels(Limits.MaxTopicLevels, 5);
            Subscriptions = new SubscriptionTable(Limits.MaxSubscriptions, slots,
                Limits.MaxConnections, Limits.MaxFilterShapes, levels,
                new BlockPool(Limits.TextBlockSize, Limits.TextBlocks));
            parts.Subscriptions = Subscriptions;
            Router = new Router(
                parts, new RouteCache(Subscriptions, 8, 24, 16), Pressure, Patience);
            parts.Router = Router;
            Retained = new RetainedMessages(parts,
                new RetainedTable(Limits.MaxRetainedMessages, levels, Store.Pool));
            Wills = new WillMessages(parts, Retained);
            for (int slot = 0; slot < slots; slot++)
            {
                Queues.Open(slot);
            }
        }

        /// <summary>Stores a message; the caller has its one reference.</summary>
        public int Message(string topic, int payload)
        {
            byte[] name = Text.Bytes(topic);
            byte[] rest = new byte[payload + 1];
            int message = Store.Begin(2 + name.Length + payload, 0, false);
            Store.Pool.Append(new byte[] { 0, (byte)name.Length }, 0, 2);
            Store.Pool.Append(name, 0, name.Length);
            Store.Pool.Append(rest, 0, payload);
            return message;
        }

        /// <summary>Queues messages of their own for a connection.</summary>
        public void Fill(int slot, int count, int payload)
        {
            for (int i = 0; i < count; i++)
            {
                int message = Message("a", payload);
                Queues.Add(slot, Router.PlainHeader, message);
                Store.Release(message);
            }
        }

        /// <summary>A connection subscribes.</summary>
        public void Subscribe(int slot, string filter)
        {
            byte[] text = Text.Bytes(filter);
            Subscriptions.Subscribe(slot, text, 0, text.Length, 0);
        }
    }
}
