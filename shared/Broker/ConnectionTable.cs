namespace EdgeBroker.Broker
{
    /// <summary>Which slots are in use, and what is known of each connection.</summary>
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
        /// Whether a slot has a client that is owed messages and nothing else: no response, no
        /// replay, no queue that was full. The fast paths go by it.
        /// </summary>
        public readonly bool[] IsPlain;

        /// <summary>
        /// The route that each client published to last, see RouteCache. Of a slot that was given
        /// back, the one that was given back before.
        /// </summary>
        public readonly int[] Route;

        /// <summary>Where each connection comes from, see ConnectRate.</summary>
        public readonly byte[] Origin;

        /// <summary>
        /// Stamps, see Clock: when each connection came, when the unfinished packet of a client
        /// began, when a connection began to close.
        /// </summary>
        public readonly int[] Since;

        /// <summary>Stamps: when each client's last Control Packet came.</summary>
        public readonly int[] Received;

        /// <summary>
        /// Stamps: when each client last took something after its socket had refused, or while a
        /// response was waiting; or when the first response began to wait.
        /// </summary>
        public readonly int[] Took;

        /// <summary>Slots in use.</summary>
        public int Count;

        /// <summary>Clients whose CONNECT was accepted.</summary>
        public int Clients;

        /// <summary>Slots that have ever been in use are numbered below this.</summary>
        public int Touched;

        private int _free;

        /// <param name="slots">How many connections there can be.</param>
        public ConnectionTable(int slots)
        {
            State = new byte[slots];
            Version = new byte[slots];
            KeepAliveMs = new int[slots];
            ClientPacketSize = new int[slots];
            WantsSession = new bool[slots];
            IsPlain = new bool[slots];
            Route = new int[slots];
            Origin = new byte[slots];
            Since = new int[slots];
            Received = new int[slots];
            Took = new int[slots];
            _free = None;
        }

        /// <summary>Whether every slot is in use.</summary>
        public bool IsFull()
        {
            return Count == State.Length;
        }

        /// <summary>Makes sure that a slot is in use.</summary>
        /// <exception cref="System.ArgumentException">It is not.</exception>
        public void Check(int slot)
        {
            if ((uint)slot >= State.Length || State[slot] == (byte)ConnectionState.Free)
            {
                Misuse.OfSlot(slot);
            }
        }

        /// <summary>Takes a slot for a new connection.</summary>
        /// <returns>The slot, or None when all are in use.</returns>
        public int Take(byte origin, int stamp)
        {
            int slot = _free;
            if (slot != None)
            {
                _free = Route[slot];
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
            Origin[slot] = origin;
            Since[slot] = stamp;
            return slot;
        }

        /// <summary>Gives a slot back.</summary>
        public void Give(int slot)
        {
            State[slot] = (byte)ConnectionState.Free;
            IsPlain[slot] = false;
            Route[slot] = _free;
            _free = slot;
            Count--;
        }
    }
}
