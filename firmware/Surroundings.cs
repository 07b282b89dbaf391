using System.Net;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Where the program runs and how patient it is. The values are the board's; the PC and the
    /// tests set their own before the start.
    /// </summary>
    /// <remarks>
    /// Times are not fields: on a board, where nobody changes them, each would take 12 bytes.
    /// </remarks>
    public sealed class Surroundings
    {
        private const int Changeable = 21;
        private const int Unchanged = int.MinValue;

        private int[] _changed;

        /// <summary>Folder of the device's internal storage, with its last separator.</summary>
        public string StorageRoot = "I:\\";

        /// <summary>Address on which the broker and the set-up page listen.</summary>
        public IPAddress ListenAddress = IPAddress.Any;

        /// <summary>Port of the broker, whatever the file says; -1 leaves it to the file.</summary>
        public int Port = -1;

        /// <summary>TCP port of the set-up page; 0 takes a free one.</summary>
        public int SetupPort
        {
            get { return Of(0, 80); }
            set { Change(0, value); }
        }

        /// <summary>Address on which the access point's DHCP server hears requests.</summary>
        public IPAddress DhcpListenAddress = IPAddress.Any;

        /// <summary>UDP port on which it hears them; 0 takes a free one.</summary>
        public int DhcpPort
        {
            get { return Of(1, 67); }
            set { Change(1, value); }
        }

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
        public int ConnectTimeoutMs
        {
            get { return Of(2, 30000); }
            set { Change(2, value); }
        }

        /// <summary>
        /// How long the runtime tries to join by itself before it is asked to; doubles with each
        /// attempt that failed.
        /// </summary>
        public int FirstBackoffMs
        {
            get { return Of(3, 30000); }
            set { Change(3, value); }
        }

        /// <summary>Longest pause between two attempts.</summary>
        public int LongestBackoffMs
        {
            get { return Of(4, 300000); }
            set { Change(4, value); }
        }

        /// <summary>Attempts after which it reboots, for each costs native memory.</summary>
        public int MostAttempts
        {
            get { return Of(5, 200); }
            set { Change(5, value); }
        }

        /// <summary>Time without Wi-Fi after which the own network opens.</summary>
        public int OwnNetworkAfterMs
        {
            get { return Of(6, 300000); }
            set { Change(6, value); }
        }

        /// <summary>Time with Wi-Fi after which the own network closes.</summary>
        public int OwnNetworkCloseMs
        {
            get { return Of(7, 60000); }
            set { Change(7, value); }
        }

        /// <summary>Time between two looks at the link when no event tells of a change.</summary>
        public int LookMs
        {
            get { return Of(8, 5000); }
            set { Change(8, value); }
        }

        /// <summary>Time after which a failed listen is tried again.</summary>
        public int ListenRetryMs
        {
            get { return Of(9, 1000); }
            set { Change(9, value); }
        }

        /// <summary>
        /// Longest wait of one Send; a client that exceeds it is closed. No Send should wait at
        /// all; if one does, lwIP needs more than its 1,500 ms to repeat a lost frame.
        /// </summary>
        public int SendTimeoutMs
        {
            get { return Of(10, 3000); }
            set { Change(10, value); }
        }

        /// <summary>Time in which a client that was told all is to close its end.</summary>
        public int GoodbyeMs
        {
            get { return Of(11, 1000); }
            set { Change(11, value); }
        }

        /// <summary>How long the loop goes on polling without a pause after traffic.</summary>
        public int SpinMs = 20;

        /// <summary>Time between two looks at network, LED and set-up page.</summary>
        public int ChoresMs
        {
            get { return Of(12, 50); }
            set { Change(12, value); }
        }

        /// <summary>Time in which the set-up page goes out before the device reboots.</summary>
        public int RebootDelayMs
        {
            get { return Of(13, 1500); }
            set { Change(13, value); }
        }

        /// <summary>A start that lasts so long was a good one, see RebootNote.</summary>
        public int SettledMs
        {
            get { return Of(14, 300000); }
            set { Change(14, value); }
        }

        /// <summary>Pause at the start when safe mode did not help; doubles each time.</summary>
        public int BrakeMs
        {
            get { return Of(15, 10000); }
            set { Change(15, value); }
        }

        /// <summary>UDP port on which the board tells its address; 0 takes a free one.</summary>
        public int FinderPort
        {
            get { return Of(16, 1883); }
            set { Change(16, value); }
        }

        /// <summary>A loop that stands still for so long makes the watchdog reboot.</summary>
        public int StuckMs
        {
            get { return Of(17, 30000); }
            set { Change(17, value); }
        }

        /// <summary>An Accept that takes so long makes the watchdog close the listener.</summary>
        public int AcceptStuckMs
        {
            get { return Of(18, 10000); }
            set { Change(18, value); }
        }

        /// <summary>Time after a trace was written until a fault has one written again.</summary>
        public int TracePauseMs
        {
            get { return Of(19, 60000); }
            set { Change(19, value); }
        }

        /// <summary>Time between two looks of the watchdog.</summary>
        public int WatchdogMs
        {
            get { return Of(20, 1000); }
            set { Change(20, value); }
        }

        private int Of(int which, int standard)
        {
            return _changed == null || _changed[which] == Unchanged ? standard : _changed[which];
        }

        private void Change(int which, int value)
        {
            if (_changed == null)
            {
                _changed = new int[Changeable];
                for (int i = 0; i < Changeable; i++)
                {
                    _changed[i] = Unchanged;
                }
            }

            _changed[which] = value;
        }
    }
}
