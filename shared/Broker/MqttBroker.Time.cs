using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>
        /// Deadlines are looked at no more often than this, so that many clients with different
        /// ones cost little; any deadline is met this much late at most.
        /// </summary>
        private const int SweepMs = 20;

        private long _nextSweepMs;

        /// <summary>Does what is due. The host calls it when NextDeadlineMs has come.</summary>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        public void Tick(long nowMs)
        {
            _nowMs = nowMs;
            if (nowMs >= _nextSweepMs)
            {
                Sweep();
            }

            TickSys();
        }

        /// <summary>When Tick has to be called next; long.MaxValue when nothing is due.</summary>
        public long NextDeadlineMs()
        {
            long sys = NextSysMs();
            return sys < _nextSweepMs ? sys : _nextSweepMs;
        }

        private void Arm(long deadlineMs)
        {
            if (deadlineMs < _nextSweepMs)
            {
                _nextSweepMs = deadlineMs;
            }
        }

        private void Sweep()
        {
            long now = _nowMs;
            long next = long.MaxValue;
            _nextSweepMs = long.MaxValue;
            EndShortage();
            for (int slot = 0; slot < _untouchedSlot; slot++)
            {
                if (_state[slot] == (byte)ConnectionState.Free)
                {
                    continue;
                }

                long deadline = DeadlineOf(slot);
                if (deadline <= now)
                {
                    Expire(slot);
                    deadline = DeadlineOf(slot);
                }

                if (deadline < next)
                {
                    next = deadline;
                }
            }

            if (_shortageMs != 0)
            {
                next = Earlier(next, _shortageMs + MaxShortageMs);
            }

            Arm(next < now + SweepMs ? now + SweepMs : next);
        }

        private long DeadlineOf(int slot)
        {
            ConnectionState state = (ConnectionState)_state[slot];
            if (state == ConnectionState.Closing)
            {
                return WantsClose(slot)
                    ? long.MaxValue
                    : _sinceMs[slot] + _settings.ClosingTimeoutMs;
            }

            if (state == ConnectionState.AwaitingConnect)
            {
                return _sinceMs[slot] + _settings.ConnectTimeoutMs;
            }

            long deadline = long.MaxValue;
            if (_keepAliveMs[slot] > 0)
            {
                deadline = _receivedMs[slot] + _keepAliveMs[slot];
            }

            if (IsUnfinished(slot))
            {
                deadline = Earlier(deadline, _stashSinceMs[slot] + _settings.PacketTimeoutMs);
            }

            if (_queues.Responses[slot] > 0)
            {
                deadline = Earlier(deadline, _respondedMs[slot] + _settings.PacketTimeoutMs);
            }

            if (IsQueueTimed(slot))
            {
                deadline = Earlier(deadline, _queueFullMs[slot] + _settings.QueueFullDeadlineMs);
            }

            return deadline;
        }

        private void Expire(int slot)
        {
            ConnectionState state = (ConnectionState)_state[slot];
            if (state == ConnectionState.Closing)
            {
                Counters[Counter.LimitClosingTime]++;
                ClearQueue(slot, false);
                MarkReady(slot);
            }
            else if (state == ConnectionState.AwaitingConnect)
            {
                Counters[Counter.LimitConnectTime]++;
                EndConnection(slot, ReasonCode.MaximumConnectTime, "no CONNECT came in time");
            }
            else if ((IsUnfinished(slot)
                    && _stashSinceMs[slot] + _settings.PacketTimeoutMs <= _nowMs)
                || (_queues.Responses[slot] > 0
                    && _respondedMs[slot] + _settings.PacketTimeoutMs <= _nowMs))
            {
                Counters[Counter.LimitPacketTime]++;
                EndConnection(slot, ReasonCode.UnspecifiedError,
                    "a packet was not finished, or responses not taken, in time");
            }
            else if (IsQueueTimed(slot)
                && _queueFullMs[slot] + _settings.QueueFullDeadlineMs <= _nowMs)
            {
                Counters[Counter.LimitQueueTime]++;
                EndConnection(slot, ReasonCode.QuotaExceeded,
                    "the client reads too slowly, its queue stayed full");
            }
            else
            {
                Counters[Counter.KeepAliveTimeouts]++;
                EndConnection(slot, ReasonCode.KeepAliveTimeout,
                    "nothing came for one and a half times the Keep Alive [MQTT-3.1.2-22]");
            }
        }

        private bool IsUnfinished(int slot)
        {
            return _stashLength[slot] > 0;
        }

        private bool IsQueueTimed(int slot)
        {
            return _queueFullMs[slot] > 0
                && _settings.QueueFullPolicy == QueueFullPolicy.Disconnect;
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}
