using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>
        /// Deadlines are looked at no more often than this, so that many clients with different
        /// ones cost little; any deadline is met this much late at most.
        /// </summary>
        private const int SweepMs = 20;

        /// <summary>Connections whose deadlines are looked at in one Tick.</summary>
        private const int SlotsPerTick = 512;

        /// <summary>Time for a CONNECT, and for unfinished packets, while others wait.</summary>
        private const int MaxShortageMs = 1000;

        private const int HousekeepingMs = 1000;
        private const long Never = long.MaxValue;

        // The deadlines of a connection; each has its time in DeadlineOf and its end in Expire.
        private const int ConnectDeadline = 0;
        private const int ClosingDeadline = 1;
        private const int PacketDeadline = 2;
        private const int ResponseDeadline = 3;
        private const int QueueDeadline = 4;
        private const int KeepAliveDeadline = 5;
        private const int Deadlines = 6;

        private int _sweepAt;
        private long _sweepNextMs;
        private long _housekeepingMs;

        /// <summary>
        /// Does what is due, a limited part of it. The host calls it when NextDeadlineMs has come.
        /// </summary>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        public void Tick(long nowMs)
        {
            Enter(nowMs);
            if (nowMs >= _clock.NextMs || _sweepAt > 0)
            {
                Sweep();
            }

            if (_router.IsCrowded && _queues.Offers.First == None)
            {
                MakeRoom();
            }

            if (!_router.IsCrowded)
            {
                _wills.PublishDue();
                TakeTurn();
            }

            if (nowMs >= _housekeepingMs)
            {
                _housekeepingMs = nowMs + HousekeepingMs;
                _retained.ForgetExpired();
            }

            if (nowMs >= _figures.NextMs)
            {
                _figures.Publish();
            }
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
            if (_sweepAt > 0 || waits)
            {
                return _clock.NowMs;
            }

            long next = Earlier(
                _patience.EndMs(), Earlier(_clock.NextMs, _figures.NextMs));
            return _retained.Table.Count > 0 ? Earlier(next, _housekeepingMs) : next;
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

            if (_replays.IsPending(slot))
            {
                RunReplay(slot);
            }
        }

        /// <summary>A client that was owed something, or whose queue was full, took some.</summary>
        private void NoteTaken(int slot, bool wasBehind)
        {
            _connections.Took[slot] = _clock.Stamp();
            if (_pressure.FullSince[slot] != 0)
            {
                _pressure.NoteTaken(slot);
            }

            int responses = _queues.Responses[slot];
            bool isPaused = _inbound.IsPaused[slot];
            bool isReplaying = _replays.IsPending(slot);
            if (wasBehind && !IsBehind(slot))
            {
                _connections.Received[slot] = _clock.Stamp(); // It is read again from now on.
            }

            if ((isPaused && responses <= _limits.MaxQueuedResponses / 2) || isReplaying)
            {
                _turns.Add(slot);
            }

            _needsCare[slot] = responses > 0
                || _connections.State[slot] == (byte)ConnectionState.Closing || isPaused || isReplaying
                || _pressure.FullSince[slot] != 0;
        }

        private void Sweep()
        {
            if (_sweepAt == 0)
            {
                _clock.NextMs = Never;
                _sweepNextMs = Never;
            }

            int end = _sweepAt + SlotsPerTick;
            end = end < _connections.Touched ? end : _connections.Touched;
            for (int slot = _sweepAt; slot < end; slot++)
            {
                if (_connections.State[slot] == (byte)ConnectionState.Free)
                {
                    continue;
                }

                for (int deadline = 0; deadline < Deadlines; deadline++)
                {
                    if (DeadlineOf(slot, deadline) <= _clock.NowMs)
                    {
                        Expire(slot, deadline);
                    }

                    _sweepNextMs = Earlier(_sweepNextMs, DeadlineOf(slot, deadline));
                }
            }

            _sweepAt = end < _connections.Touched ? end : 0;
            if (_sweepAt == 0)
            {
                long soonest = _clock.NowMs + SweepMs;
                _clock.Arm(_sweepNextMs < soonest ? soonest : _sweepNextMs);
            }
        }

        private long DeadlineOf(int slot, int deadline)
        {
            ConnectionState state = (ConnectionState)_connections.State[slot];
            int since = _connections.Since[slot];
            if (deadline == ConnectDeadline)
            {
                return state != ConnectionState.AwaitingConnect ? Never
                    : _clock.EndOf(
                        since, Shortest(_settings.ConnectTimeoutMs, _connections.IsFull()));
            }

            if (deadline == ClosingDeadline)
            {
                return state != ConnectionState.Closing || WantsClose(slot) ? Never
                    : _clock.EndOf(since, _settings.ClosingTimeoutMs);
            }

            if (state != ConnectionState.Connected)
            {
                return Never;
            }

            bool isPaused = _inbound.IsPaused[slot];
            bool isOwing = _queues.Responses[slot] > 0;
            switch (deadline)
            {
                case PacketDeadline:
                    bool isShort = _inbound.Waiting > 0 && _inbound.HoldsShared(slot);
                    return _inbound.Length[slot] > 0 && (isShort || !isPaused)
                        && (isShort || !_inbound.IsWaiting(slot))
                        ? _clock.EndOf(since, Shortest(_settings.PacketTimeoutMs, isShort))
                        : Never;
                case ResponseDeadline:
                    return isOwing
                        ? _clock.EndOf(_connections.Took[slot], _settings.PacketTimeoutMs)
                        : Never;
                case QueueDeadline:
                    return _pressure.DeadlineOf(slot);
                default:
                    // It does not run while the broker itself does not read.
                    return _connections.KeepAliveMs[slot] == 0 || isPaused
                        || _inbound.IsWaiting(slot) || (isOwing && IsBehind(slot))
                        ? Never
                        : _clock.EndOf(
                            _connections.Received[slot], _connections.KeepAliveMs[slot]);
            }
        }

        private void Expire(int slot, int deadline)
        {
            switch (deadline)
            {
                case ConnectDeadline:
                    _counters[Counter.LimitConnectTime]++;
                    EndConnection(slot, ReasonCode.MaximumConnectTime, "no CONNECT came in time");
                    break;
                case ClosingDeadline:
                    _counters[Counter.LimitClosingTime]++;
                    CutOff(slot);
                    break;
                case PacketDeadline:
                    _counters[Counter.LimitPacketTime]++;
                    EndConnection(slot, ReasonCode.UnspecifiedError,
                        "a packet was not finished in time");
                    break;
                case ResponseDeadline:
                    _counters[Counter.LimitPacketTime]++;
                    EndConnection(slot, ReasonCode.UnspecifiedError,
                        "responses were not taken in time");
                    break;
                case QueueDeadline:
                    _counters[Counter.LimitQueueTime]++;
                    EndConnection(slot, ReasonCode.QuotaExceeded,
                        "the client reads too slowly, its queue stayed full");
                    break;
                default:
                    _counters[Counter.KeepAliveTimeouts]++;
                    EndConnection(slot, ReasonCode.KeepAliveTimeout,
                        "nothing came for one and a half times the Keep Alive [MQTT-3.1.2-22]");
                    break;
            }
        }

        private static int Shortest(int timeoutMs, bool isShort)
        {
            return isShort && timeoutMs > MaxShortageMs ? MaxShortageMs : timeoutMs;
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}
