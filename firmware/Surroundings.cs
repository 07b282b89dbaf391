using System.Net;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Where the program runs and how patient it is. The values are the board's; the PC and the
    /// tests set their own before the start.
    /// </summary>
    public sealed class Surroundings
    {
        /// <summary>Folder of the device's internal storage, with its last separator.</summary>
        public string StorageRoot = "I:\\";

        /// <summary>Address on which the broker and the set-up page listen.</summary>
        public IPAddress ListenAddress = IPAddress.Any;

        /// <summary>Port of the broker, whatever the file says; -1 leaves it to the file.</summary>
        public int Port = -1;

        /// <summary>TCP port of the set-up page; 0 takes a free one.</summary>
        public int SetupPort = 80;

        /// <summary>Address on which the access point's DHCP server hears requests.</summary>
        public IPAddress DhcpListenAddress = IPAddress.Any;

        /// <summary>UDP port on which it hears them; 0 takes a free one.</summary>
        public int DhcpPort = 67;

        /// <summary>Address that it answers from; null is that of the own network.</summary>
        public IPAddress DhcpSenderAddress;

        /// <summary>Where the answers go to; null is everybody, port 68.</summary>
        public IPEndPoint DhcpReplyTo;

        /// <summary>
        /// Whether listeners must ask to bind while old connections of their port still wait, as
        /// lwIP wants it; a PC allows it anyway, and there it would let two programs share a port.
        /// </summary>
        public bool MustReuseAddress = true;

        /// <summary>Time for one attempt to reach the access point and get an address.</summary>
        public int ConnectTimeoutMs = 30000;

        /// <summary>
        /// How long the runtime tries to join by itself before it is asked to; doubles with each
        /// attempt that failed.
        /// </summary>
        public int FirstBackoffMs = 30000;

        /// <summary>Longest pause between two attempts.</summary>
        public int LongestBackoffMs = 300000;

        /// <summary>Attempts after which it reboots, for each costs native memory.</summary>
        public int MostAttempts = 200;

        /// <summary>Time without Wi-Fi after which the own network opens.</summary>
        public int OwnNetworkAfterMs = 300000;

        /// <summary>Time with Wi-Fi after which the own network closes.</summary>
        public int OwnNetworkCloseMs = 60000;

        /// <summary>Time between two looks at the link when no event tells of a change.</summary>
        public int LookMs = 5000;

        /// <summary>Time after which a failed listen is tried again.</summary>
        public int ListenRetryMs = 1000;

        /// <summary>
        /// Longest wait of one Send; a client that exceeds it is closed. No Send should wait at
        /// all; if one does, lwIP needs more than its 1,500 ms to repeat a lost frame.
        /// </summary>
        public int SendTimeoutMs = 3000;

        /// <summary>Time in which a client that was told all is to close its end.</summary>
        public int GoodbyeMs = 1000;

        /// <summary>How long the loop goes on polling without a pause after traffic.</summary>
        public int SpinMs = 20;

        /// <summary>Time between two looks at network, LED and set-up page.</summary>
        public int ChoresMs = 50;

        /// <summary>Time in which the set-up page goes out before the device reboots.</summary>
        public int RebootDelayMs = 1500;

        /// <summary>A start that lasts so long was a good one, see RebootNote.</summary>
        public int SettledMs = 300000;

        /// <summary>Pause at the start when safe mode did not help; doubles each time.</summary>
        public int BrakeMs = 10000;

        /// <summary>UDP port on which the board tells its address; 0 takes a free one.</summary>
        public int FinderPort = 1883;

        /// <summary>A loop that stands still for so long makes the watchdog reboot.</summary>
        public int StuckMs = 30000;

        /// <summary>An Accept that takes so long makes the watchdog close the listener.</summary>
        public int AcceptStuckMs = 10000;

        /// <summary>Time after a trace was written until a fault has one written again.</summary>
        public int TracePauseMs = 60000;

        /// <summary>Time between two looks of the watchdog.</summary>
        public int WatchdogMs = 1000;
    }
}
