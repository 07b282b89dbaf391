namespace EdgeBroker.Broker
{
    /// <summary>Who has something that was not yet offered to the socket, in turn.</summary>
    /// <remarks>
    /// A queue is slow only when it was offered and the socket did not take it. As long as
    /// anybody is Ready nothing more is read, so nobody is taken for slow by mistake.
    /// </remarks>
    public sealed class Offers
    {
        /// <summary>No slot.</summary>
        public const int None = -1;

        /// <summary>Nothing waits, or the slot is free.</summary>
        public const byte Idle = 0;

        /// <summary>Something waits that the socket has not been asked for yet.</summary>
        public const byte Ready = 1;

        /// <summary>The socket was asked and took no more.</summary>
        public const byte Blocked = 2;

        /// <summary>Idle, Ready or Blocked, for each connection.</summary>
        public readonly byte[] State;

        /// <summary>The connection to be offered next, or None.</summary>
        public int First;

        /// <summary>Connections whose sockets take no more.</summary>
        public int BlockedCount;

        private readonly int[] _next;
        private readonly int[] _previous;
        private int _last;

        /// <param name="slots">Connections are numbered below this.</param>
        public Offers(int slots)
        {
            State = new byte[slots];
            _next = new int[slots];
            _previous = new int[slots];
            First = None;
        }

        /// <summary>A connection is to be offered to its socket, or to be closed.</summary>
        public void MarkReady(int slot)
        {
            if (State[slot] == Blocked)
            {
                BlockedCount--;
            }

            if (State[slot] != Ready)
            {
                Append(slot);
            }
        }

        /// <summary>The same for a connection that is not Ready, nor Blocked.</summary>
        public void Append(int slot)
        {
            State[slot] = Ready;
            _next[slot] = None;
            if (First == None)
            {
                First = slot;
            }
            else
            {
                _next[_last] = slot;
                _previous[slot] = _last;
            }

            _last = slot;
        }

        /// <summary>The socket was asked and takes no more; it was not Blocked.</summary>
        public void MarkBlocked(int slot)
        {
            MarkIdle(slot);
            BlockedCount++;
            State[slot] = Blocked;
        }

        /// <summary>The socket took everything, or the slot is free.</summary>
        public void MarkIdle(int slot)
        {
            if (slot == First)
            {
                First = _next[slot];
                State[slot] = Idle;
                return;
            }

            if (State[slot] == Blocked)
            {
                BlockedCount--;
            }
            else if (State[slot] == Ready)
            {
                int next = _next[slot];
                int previous = _previous[slot];
                _next[previous] = next;
                if (next == None)
                {
                    _last = previous;
                }
                else
                {
                    _previous[next] = previous;
                }
            }

            State[slot] = Idle;
        }

        /// <summary>Lets the others come first, when this connection is.</summary>
        public void Yield(int slot)
        {
            if (slot == First && _next[slot] != None)
            {
                First = _next[slot];
                Append(slot);
            }
        }
    }
}
