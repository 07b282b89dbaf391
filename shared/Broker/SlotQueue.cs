namespace EdgeBroker.Broker
{
    /// <summary>Connections that take turns, each named once.</summary>
    public sealed class SlotQueue
    {
        /// <summary>Nobody.</summary>
        public const int None = -1;

        /// <summary>Whose turn it is, or None.</summary>
        public int First;

        // Numbers stand here two too high: 0 is a connection that is not in the queue, 1 the end.
        private const int Shift = 2;
        private readonly int[] _next;
        private int _last;

        /// <param name="slots">Connections are numbered below this.</param>
        public SlotQueue(int slots)
        {
            _next = new int[slots];
            First = None;
        }

        /// <summary>Puts a connection at the end, unless it stands in the queue already.</summary>
        public void Add(int slot)
        {
            if (_next[slot] != 0)
            {
                return;
            }

            _next[slot] = None + Shift;
            if (First == None)
            {
                First = slot;
            }
            else
            {
                _next[_last] = slot + Shift;
            }

            _last = slot;
        }

        /// <summary>Takes the first connection out.</summary>
        /// <returns>It, or None when the queue is empty.</returns>
        public int TakeFirst()
        {
            int slot = First;
            if (slot != None)
            {
                First = _next[slot] - Shift;
                _next[slot] = 0;
            }

            return slot;
        }
    }
}
