namespace EdgeBroker.Broker
{
    /// <summary>The slots: which are in use, and what is known of each Network Connection.</summary>
    public sealed class ConnectionTable
    {
        /// <summary>No slot.</summary>
        public const int None = -1;

        /// <summary>Where each connection stands, see ConnectionState.</summary>
        public readonly byte[] State;

        /// <summary>Protocol version of each client, see ProtocolVersion.</summary>
        public readonly byte[] Version;

        /// <summary>One and a half times each client's Keep Alive; 0 means none.</summary>
        public readonly int[] KeepAliveMs;

        /// <summary>Largest packet that each client takes, in bytes.</summary>
        public readonly int[] ClientPacketSize;

        /// <summary>Whether each client asked for a session that outlives its connection.</summary>
        public readonly bool[] WantsSession;

        /// <summary>
        /// Whether a Transmit for the client has to look after more than its queue: responses, a
        /// replay, packets that wait, a queue that was full.
        /// </summary>
        public readonly bool[] NeedsCare;

        /// <summary>The route that each client published to last, see RouteCache.</summary>
        public readonly int[] Route;

        /// <summary>The address that each connection comes from, as the host told it.</summary>
        public readonly int[] Address;

        /// <summary>When each connection came, or began to close.</summary>
        public readonly long[] SinceMs;

        /// <summary>When each client's last Control Packet came.</summary>
        public readonly long[] ReceivedMs;

        /// <summary>When each client last took something, or was first owed a response.</summary>
        public readonly long[] TookMs;

        /// <summary>Slots in use.</summary>
        public int Count;

        /// <summary>Clients whose CONNECT was accepted.</summary>
        public int Clients;

        /// <summary>Slots that have ever been in use are numbered below this.</summary>
        public int Touched;

        private readonly int[] _nextFree;
        private int _free;

        /// <param name="slots">How many connections there can be.</param>
        public ConnectionTable(int slots)
        {
            State = new byte[slots];
            Version = new byte[slots];
            KeepAliveMs = new int[slots];
            ClientPacketSize = new int[slots];
            WantsSession = new bool[slots];
            NeedsCare = new bool[slots];
            Route = new int[slots];
            Address = new int[slots];
            SinceMs = new long[slots];
            ReceivedMs = new long[slots];
            TookMs = new long[slots];
            _nextFree = new int[slots];
            _free = None;
        }

        /// <summary>Whether every slot is in use.</summary>
        public bool IsFull()
        {
            return Count == State.Length;
        }

        /// <summary>Takes a slot for a new connection.</summary>
        /// <returns>The slot, or None when all are in use.</returns>
        public int Take(int address, long nowMs)
        {
            int slot = _free;
            if (slot != None)
            {
                _free = _nextFree[slot];
            }
            else if (Touched < State.Length)
            {
                slot = Touched++;
            }
            else
            {
                return None;
            }

            Count++;
            State[slot] = (byte)ConnectionState.AwaitingConnect;
            Version[slot] = 0;
            KeepAliveMs[slot] = 0;
            ClientPacketSize[slot] = int.MaxValue;
            Route[slot] = None;
            Address[slot] = address;
            SinceMs[slot] = nowMs;
            return slot;
        }

        /// <summary>Gives a slot back.</summary>
        public void Give(int slot)
        {
            State[slot] = (byte)ConnectionState.Free;
            _nextFree[slot] = _free;
            _free = slot;
            Count--;
        }
    }
}
