using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private const int HousekeepingMs = 1000;
        private const long Never = long.MaxValue;

        /// <summary>
        /// Does what is due, a limited part of it. The host calls it when NextDeadlineMs has come.
        /// </summary>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        public void Tick(long nowMs)
        {
            _clock.Advance(nowMs);
            if (_deadlines.IsDue())
            {
                Expire();
            }

            if (_router.IsCrowded && _queues.Offers.First == None)
            {
                MakeRoom();
            }

            if (!_router.IsCrowded)
            {
                _wills.PublishDue();
                TakeTurn();
                _wills.PublishDue();
            }

            if (nowMs >= _housekeepingMs)
            {
                _housekeepingMs = nowMs + HousekeepingMs;
                _retained.ForgetExpired();
                _life.LookAfter();
            }

            if (nowMs >= _figures.NextMs)
            {
                _figures.Publish();
            }

            _tap?.Ticked(nowMs);
        }

        /// <summary>
        /// When Tick has to be called next; a time that has passed when something waits already;
        /// long.MaxValue when nothing is due.
        /// </summary>
        public long NextDeadlineMs()
        {
            bool waits = _router.IsCrowded
                ? _queues.Offers.First == None && _patience.EndMs() == Never
                : _wills.DueCount > 0 || _turns.First != None;
            if (waits || _deadlines.IsDue())
            {
                return _clock.NowMs;
            }

            long next = Clock.Earlier(
                _patience.EndMs(), Clock.Earlier(_clock.NextMs, _figures.NextMs));
            return _retained.Table.Count > 0
                ? Clock.Earlier(next, _housekeepingMs)
                : next;
        }

        private void MakeRoom()
        {
            _router.Relax();
            if (!_router.IsCrowded || _patience.IsWaiting())
            {
                return;
            }

            int slot = _router.Relieve();
            if (slot != None)
            {
                _counters[Counter.LimitMessageMemory]++;
                EndConnection(slot, ReasonCode.QuotaExceeded,
                    "memory is short and the client takes nothing");
                CutOff(slot);
            }

            _router.Relax();
        }

        /// <summary>Goes on with the connection whose turn it is.</summary>
        private void TakeTurn()
        {
            int slot = _turns.TakeFirst();
            if (slot == None)
            {
                return;
            }

            Resume(slot);
            if (_inbound.IsPaused[slot] && _router.IsCrowded)
            {
                _turns.Add(slot);
            }

            _replays.Run(slot);
            NotePlain(slot); // It may never be sent anything again.
        }

        /// <summary>
        /// Transmits to a connection that is owed more than messages, whose queue was full, or
        /// that is to be closed.
        /// </summary>
        private int TransmitWithCare(int slot, byte[] buffer, int offset, int capacity)
        {
            _connections.Check(slot);
            bool wasBehind = _responses.IsBehind(slot);
            int written = _writer.Write(slot, buffer, offset, capacity);
            bool isEmpty = _queues.Head[slot] == OutboundQueues.None;
            if (!isEmpty)
            {
                _router.OfferAgain(slot);
            }
            else if (_connections.State[slot] == (byte)ConnectionState.Closing)
            {
                _queues.Offers.MarkReady(slot);
            }
            else
            {
                _queues.Offers.MarkIdle(slot);
            }

            if (written > 0 || isEmpty)
            {
                NoteTaken(slot, wasBehind);
            }

            _parts.Outgoing?.GoOn(_parts.SessionOf(slot));

            return written;
        }

        /// <summary>A client that was owed something, or whose queue was full, took some.</summary>
        private void NoteTaken(int slot, bool wasBehind)
        {
            _connections.Took[slot] = _clock.Stamp();
            if (_pressure.FullSince[slot] != 0)
            {
                _pressure.NoteTaken(slot);
            }

            if (wasBehind && !_responses.IsBehind(slot))
            {
                _connections.Received[slot] = _clock.Stamp(); // It is read again from now on.
            }

            if (_replays.IsPending(slot) || (_inbound.IsPaused[slot]
                && _queues.Responses[slot] <= _parts.Limits.MaxQueuedResponses / 2))
            {
                _turns.Add(slot);
            }

            NotePlain(slot);
        }

        private void NotePlain(int slot)
        {
            _isPlain[slot] = _queues.Responses[slot] == 0 && !_replays.IsPending(slot)
                && _pressure.FullSince[slot] == 0
                && _connections.State[slot] == (byte)ConnectionState.Connected;
        }

        /// <summary>Ends what has come to its deadline.</summary>
        private void Expire()
        {
            int slot = _deadlines.Next();
            while (slot != None)
            {
                _counters[_deadlines.Counts()]++;
                if (_deadlines.Kind == Deadlines.Closing)
                {
                    CutOff(slot);
                }
                else
                {
                    EndConnection(slot, _deadlines.ReasonCodeOf(), _deadlines.Why());
                }

                slot = _deadlines.Next();
            }

            _life.ArmExpiry(); // The round has set the clock anew.
        }
    }
}
