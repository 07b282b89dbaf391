namespace EdgeBroker.Broker
{
    /// <summary>
    /// How long reading waits for a subscriber that is reading and has fallen behind, before it
    /// counts as slow.
    /// </summary>
    /// <remarks>
    /// A frozen client gets nothing of it: the wait is only for one whose socket has just taken
    /// something. It ends when half of the queue was taken, or when the time is up; then the
    /// client is slow until it has taken half. However many clients do their worst, the others
    /// wait four fifths of the time at most.
    /// </remarks>
    public sealed class Patience
    {
        /// <summary>
        /// A subscriber that has taken nothing for this long does not read; nor one that has taken
        /// nothing for a quarter of the longest wait, if that is more.
        /// </summary>
        private const int ProgressMs = 50;

        /// <summary>Time to wait that is earned in each millisecond of not waiting.</summary>
        private const int CreditPerMs = 4;

        private const int None = -1;

        private readonly BrokerParts _parts;
        private readonly int[] _took;
        private readonly int _mostMs;
        private int _slot;
        private long _creditMs;
        private long _sinceMs;

        /// <param name="parts">What the parts of the broker share.</param>
        public Patience(BrokerParts parts)
        {
            _parts = parts;
            _mostMs = parts.Settings.SlowGraceMs;
            _took = parts.Connections.Took;
            _slot = None;
            _creditMs = _mostMs;
            _sinceMs = parts.Clock.NowMs;
        }

        /// <summary>A socket has just taken something.</summary>
        public void NoteTaken(int slot)
        {
            _took[slot] = _parts.Clock.Stamp();
        }

        /// <summary>Begins to wait for a client whose queue will be full.</summary>
        /// <returns>False when there is nothing to wait for.</returns>
        public bool Begin(int slot)
        {
            if (_slot != None)
            {
                return true;
            }

            long credit = _creditMs + (_parts.Clock.NowMs - _sinceMs) * CreditPerMs;
            _creditMs = credit < _mostMs ? credit : _mostMs;
            _sinceMs = _parts.Clock.NowMs;
            _slot = slot;
            return IsWaiting();
        }

        /// <summary>
        /// Whether reading still has to wait. If the wait was in vain the client is slow now.
        /// </summary>
        public bool IsWaiting()
        {
            if (_slot == None)
            {
                return false;
            }

            if (_parts.Clock.NowMs < EndMs())
            {
                return true;
            }

            _creditMs -= _parts.Clock.NowMs - _sinceMs;
            _sinceMs = _parts.Clock.NowMs;
            _slot = None;
            return false;
        }

        /// <summary>
        /// When the wait ends at the latest: now if enough was taken; long.MaxValue without one.
        /// </summary>
        public long EndMs()
        {
            if (_slot == None)
            {
                return long.MaxValue;
            }

            if (!IsFull(_slot))
            {
                return _parts.Clock.NowMs;
            }

            long end = _sinceMs + _creditMs;
            int quarter = _mostMs / 4;
            long stopped = _parts.Clock.EndOf(
                _took[_slot], quarter > ProgressMs ? quarter : ProgressMs);
            return end < stopped ? end : stopped;
        }

        private bool IsFull(int slot)
        {
            return _parts.Queues.Offers.State[slot] == Offers.Blocked
                && (_parts.Queues.Messages[slot] > _parts.Limits.MaxQueuedMessages / 2
                    || _parts.Queues.Bytes[slot] > _parts.Limits.MaxQueuedBytes / 2);
        }
    }
}
