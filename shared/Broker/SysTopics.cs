namespace EdgeBroker.Broker
{
    /// <summary>
    /// The names under $SYS/broker/: first the gauges, then the counters in the order of Counter.
    /// Where mosquitto has the same figure the name is mosquitto's.
    /// </summary>
    public sealed class SysTopics
    {
        /// <summary>What all names start with.</summary>
        public const string Prefix = "$SYS/broker/";

        /// <summary>Name and version of the broker, as text.</summary>
        public const int Version = 0;

        /// <summary>Time since the start, as text: "N seconds".</summary>
        public const int Uptime = 1;

        /// <summary>Clients known, connected or not.</summary>
        public const int ClientsTotal = 2;

        /// <summary>Clients connected.</summary>
        public const int ClientsConnected = 3;

        /// <summary>Subscriptions.</summary>
        public const int Subscriptions = 4;

        /// <summary>Retained Messages.</summary>
        public const int Retained = 5;

        /// <summary>Messages in memory.</summary>
        public const int StoredMessages = 6;

        /// <summary>Message memory in use, in bytes.</summary>
        public const int StoredBytes = 7;

        /// <summary>Memory of the core in use, in bytes.</summary>
        public const int MemoryUsed = 8;

        /// <summary>Memory that the core took at its start, in bytes.</summary>
        public const int MemoryBudget = 9;

        /// <summary>The first counter.</summary>
        public const int FirstCounter = 10;

        /// <summary>Names in all.</summary>
        public const int Count = FirstCounter + Counter.Count;

        /// <summary>The names, without the prefix.</summary>
        public readonly string[] Names;

        /// <summary>Makes the list of names.</summary>
        public SysTopics()
        {
            Names = new string[]
            {
                "version",
                "uptime",
                "clients/total",
                "clients/connected",
                "subscriptions/count",
                "retained messages/count",
                "store/messages/count",
                "store/messages/bytes",
                "memory/used",
                "memory/budget",
                "messages/received",
                "messages/sent",
                "publish/messages/received",
                "publish/messages/sent",
                "publish/messages/dropped",
                "publish/bytes/received",
                "publish/bytes/sent",
                "bytes/received",
                "bytes/sent",
                "connections/accepted",
                "clients/maximum",
                "errors/protocol",
                "errors/keepalive",
                "clients/takeovers",
                "publish/messages/expired",
                "limits/connections",
                "limits/connect-rate",
                "limits/connect-time",
                "limits/packet-time",
                "limits/packet-size",
                "limits/client-id",
                "limits/topic",
                "limits/subscriptions",
                "limits/subscriptions-per-client",
                "limits/queue",
                "limits/queue-entries",
                "limits/message-memory",
                "limits/retained",
                "limits/client-packet-size",
                "limits/queue-time",
                "limits/responses",
                "limits/closing-time",
            };
        }
    }
}
