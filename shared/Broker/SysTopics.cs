namespace EdgeBroker.Broker
{
    /// <summary>
    /// The names under $SYS/broker/: first the gauges, then the counters in the order of Counter.
    /// Where mosquitto has the same figure the name is mosquitto's.
    /// </summary>
    public static class SysTopics
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

        /// <summary>Whether a Topic Name is "$SYS" or stands below it.</summary>
        public static bool Has(byte[] buffer, int offset, int length)
        {
            return length >= 4 && buffer[offset] == '$' && buffer[offset + 1] == 'S'
                && buffer[offset + 2] == 'Y' && buffer[offset + 3] == 'S'
                && (length == 4 || buffer[offset + 4] == '/');
        }

        /// <summary>The name of a figure, without the prefix.</summary>
        /// <remarks>A switch, for a table of texts would stay in a board's memory.</remarks>
        public static string NameOf(int topic)
        {
            return topic switch
            {
                Version => "version",
                Uptime => "uptime",
                ClientsTotal => "clients/total",
                ClientsConnected => "clients/connected",
                Subscriptions => "subscriptions/count",
                Retained => "retained messages/count",
                StoredMessages => "store/messages/count",
                StoredBytes => "store/messages/bytes",
                MemoryUsed => "memory/used",
                MemoryBudget => "memory/budget",
                _ => Counter.NameOf(topic - FirstCounter),
            };
        }
    }
}
