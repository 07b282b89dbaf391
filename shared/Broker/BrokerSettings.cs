using System;
using System.Text;

namespace EdgeBroker.Broker
{
    /// <summary>How the broker behaves. Times are in the unit that ends their name.</summary>
    public sealed class BrokerSettings
    {
        /// <summary>
        /// Highest QoS, 0 to 2; 2 needs BrokerLimits.MaxInflight. Without that, messages of
        /// clients at QoS 1 are taken and go out at QoS 0.
        /// </summary>
        public byte MaxQos = 1;

        /// <summary>Whether messages may be retained.</summary>
        public bool RetainAvailable = true;

        /// <summary>Whether a client may leave its identifier to the broker.</summary>
        public bool AllowZeroLengthClientId = true;

        /// <summary>What an assigned Client Identifier starts with, up to 15 bytes.</summary>
        public string ClientIdPrefix = "auto-";

        /// <summary>
        /// Longest Keep Alive that 5.0 clients may use, in seconds, 0 to 65535; 0 means no limit.
        /// Clients that ask for more, or for none, are told this one as Server Keep Alive.
        /// </summary>
        public int MaxKeepAliveS = 0;

        /// <summary>Time for a new connection to send its CONNECT.</summary>
        public int ConnectTimeoutMs = 10000;

        /// <summary>Time for a packet to arrive whole once it has begun.</summary>
        public int PacketTimeoutMs = 30000;

        /// <summary>Time for a client to take its last packets when the broker closes.</summary>
        public int ClosingTimeoutMs = 2000;

        /// <summary>What happens to a subscriber that reads too slowly.</summary>
        public QueueFullPolicy QueueFullPolicy = QueueFullPolicy.DropNewest;

        /// <summary>
        /// With QueueFullPolicy.Disconnect: how long a queue may stay full; messages are dropped
        /// meanwhile.
        /// </summary>
        public int QueueFullDeadlineMs = 5000;

        /// <summary>
        /// How long reading waits for a subscriber that reads and has fallen behind, before
        /// QueueFullPolicy applies to it; 0 for not at all. See Patience.
        /// </summary>
        public int SlowGraceMs = 20;

        /// <summary>
        /// Time between two rounds of $SYS messages in seconds; 0 turns them off.
        /// </summary>
        public int SysIntervalS = 10;

        /// <summary>
        /// Start of all hashes: random, so that nobody can choose topics that collide. Nothing
        /// that is sent out is made of it.
        /// </summary>
        public int HashSeed = 0x51ED270B;

        /// <summary>
        /// First half of the key that assigned Client Identifiers are made with: random, and
        /// unrelated to HashSeed, so that nobody can foresee the identifiers of others.
        /// </summary>
        public long ClientIdKey0 = 0x0706050403020100;

        /// <summary>Second half of that key.</summary>
        public long ClientIdKey1 = 0x0F0E0D0C0B0A0908;

        /// <summary>Checks the settings against their ranges, and against the limits.</summary>
        /// <exception cref="ArgumentException">Names the setting that does not fit.</exception>
        public void Validate(BrokerLimits limits)
        {
            Within(MaxQos, 0, limits.HasSessions() ? 2 : 1, "MaxQos");
            Within(MaxKeepAliveS, 0, 65535, "MaxKeepAliveS");
            Within(ConnectTimeoutMs, 1, int.MaxValue, "ConnectTimeoutMs");
            Within(PacketTimeoutMs, 1, int.MaxValue, "PacketTimeoutMs");
            Within(ClosingTimeoutMs, 1, int.MaxValue, "ClosingTimeoutMs");
            Within(QueueFullDeadlineMs, 1, int.MaxValue, "QueueFullDeadlineMs");
            Within(SlowGraceMs, 0, 60000, "SlowGraceMs");
            Within(SysIntervalS, 0, int.MaxValue / 1000, "SysIntervalS");
            Within(Encoding.UTF8.GetBytes(ClientIdPrefix).Length, 0, 15, "bytes of ClientIdPrefix");
        }

        private static void Within(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentException(name + " is " + value.ToString() + ", must be "
                    + least.ToString() + " to " + most.ToString());
            }
        }
    }
}
