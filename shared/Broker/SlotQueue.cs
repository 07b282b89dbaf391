namespace EdgeBroker.Broker
{
    /// <summary>Connections that take turns, each named once.</summary>
    public sealed class SlotQueue
    {
        /// <summary>Nobody.</summary>
        public const int None = -1;

        /// <summary>Whose turn it is, or None.</summary>
        public int First;

        private readonly int[] _next;
        private readonly bool[] _isIn;
        private int _last;

        /// <param name="slots">Connections are numbered below this.</param>
        public SlotQueue(int slots)
        {
            _next = new int[slots];
            _isIn = new bool[slots];
            First = None;
        }

        /// <summary>Puts a connection at the end, unless it stands in the queue already.</summary>
        public void Add(int slot)
        {
            if (_isIn[slot])
            {
                return;
            }

            _isIn[slot] = true;
            _next[slot] = None;
            if (First == None)
            {
                First = slot;
            }
            else
            {
                _next[_last] = slot;
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
                First = _next[slot];
                _isIn[slot] = false;
            }

            return slot;
        }
    }
}
