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

        private readonly BrokerLimits _limits;
        private readonly OutboundQueues _queues;
        private readonly Clock _clock;
        private readonly int[] _took;
        private readonly int _mostMs;
        private int _slot;
        private long _creditMs;
        private long _sinceMs;

        /// <param name="limits">Gives the limits of a queue.</param>
        /// <param name="mostMs">Longest wait; 0 for none.</param>
        /// <param name="connections">Tells when each client took something.</param>
        /// <param name="queues">The queues.</param>
        /// <param name="clock">The broker's time.</param>
        public Patience(BrokerLimits limits, int mostMs, ConnectionTable connections,
            OutboundQueues queues, Clock clock)
        {
            _limits = limits;
            _mostMs = mostMs;
            _queues = queues;
            _clock = clock;
            _took = connections.Took;
            _slot = None;
            _creditMs = mostMs;
            _sinceMs = clock.NowMs;
        }

        /// <summary>A socket has just taken something.</summary>
        public void NoteTaken(int slot)
        {
            _took[slot] = _clock.Stamp();
        }

        /// <summary>Begins to wait for a client whose queue will be full.</summary>
        /// <returns>False when there is nothing to wait for.</returns>
        public bool Begin(int slot)
        {
            if (_slot != None)
            {
                return true;
            }

            long credit = _creditMs + (_clock.NowMs - _sinceMs) * CreditPerMs;
            _creditMs = credit < _mostMs ? credit : _mostMs;
            _sinceMs = _clock.NowMs;
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

            if (_clock.NowMs < EndMs())
            {
                return true;
            }

            _creditMs -= _clock.NowMs - _sinceMs;
            _sinceMs = _clock.NowMs;
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
                return _clock.NowMs;
            }

            long end = _sinceMs + _creditMs;
            int quarter = _mostMs / 4;
            long stopped = _clock.EndOf(
                _took[_slot], quarter > ProgressMs ? quarter : ProgressMs);
            return end < stopped ? end : stopped;
        }

        private bool IsFull(int slot)
        {
            return _queues.Offers.State[slot] == Offers.Blocked
                && (_queues.Messages[slot] > _limits.MaxQueuedMessages / 2
                    || _queues.Bytes[slot] > _limits.MaxQueuedBytes / 2);
        }
    }
}
