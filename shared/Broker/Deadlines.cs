using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// The deadlines of all connections. Each is stated once, in TimeOf; nothing has to be told
    /// when one moves to a later time.
    /// </summary>
    public sealed class Deadlines
    {
        /// <summary>Kind: a CONNECT has to come.</summary>
        public const int Connect = 0;

        /// <summary>Kind: last packets have to be taken.</summary>
        public const int Closing = 1;

        /// <summary>Kind: a packet has to be finished.</summary>
        public const int Packet = 2;

        /// <summary>Kind: responses have to be taken.</summary>
        public const int Response = 3;

        /// <summary>Kind: a full queue has to be taken, by policy.</summary>
        public const int Queue = 4;

        /// <summary>Kind: any Control Packet has to come [MQTT-3.1.2-22].</summary>
        public const int KeepAlive = 5;

        private const int Kinds = 6;
        private const int None = -1;
        private const long Never = long.MaxValue;

        /// <summary>
        /// Deadlines are looked at no more often than this, so that many clients with different
        /// ones cost little; any deadline is met this much late at most.
        /// </summary>
        private const int RoundMs = 20;

        /// <summary>Connections looked at in one call of Next.</summary>
        private const int SlotsPerStep = 512;

        /// <summary>Time for a CONNECT, and for unfinished packets, while others wait.</summary>
        private const int MaxShortageMs = 1000;

        /// <summary>Which deadline Next has found.</summary>
        public int Kind;

        private readonly BrokerParts _parts;
        private readonly Clock _clock;
        private readonly InboundBuffers _inbound;
        private readonly QueuePressure _pressure;
        private readonly Responses _responses;
        private int _slot;
        private int _end;
        private long _nextMs;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="inbound">Who has an unfinished packet.</param>
        /// <param name="responses">Who is behind with its responses.</param>
        /// <param name="pressure">Whose queue is full.</param>
        public Deadlines(BrokerParts parts, InboundBuffers inbound, Responses responses,
            QueuePressure pressure)
        {
            _parts = parts;
            _clock = parts.Clock;
            _inbound = inbound;
            _responses = responses;
            _pressure = pressure;
        }

        /// <summary>Sets a client's Keep Alive, at most the longest there may be.</summary>
        /// <returns>Server Keep Alive in seconds; 0 when the client's own holds.</returns>
        public int SetKeepAlive(int slot, int keepAliveS)
        {
            int most = _parts.Settings.MaxKeepAliveS;
            bool isShortened = most > 0 && (keepAliveS == 0 || keepAliveS > most);
            keepAliveS = isShortened ? most : keepAliveS; // [MQTT-3.1.2-21]
            _parts.Connections.KeepAliveMs[slot] = keepAliveS * 1500; // [MQTT-3.1.2-22]
            if (keepAliveS > 0)
            {
                _clock.Arm(_clock.NowMs + _parts.Connections.KeepAliveMs[slot]);
            }

            return isShortened ? keepAliveS : 0;
        }

        /// <summary>Whether a round over all connections is due, or under way.</summary>
        public bool IsDue()
        {
            return _slot > 0 || _clock.NowMs >= _clock.NextMs;
        }

        /// <summary>
        /// The next connection with a deadline that has come, its kind in Kind; the caller ends
        /// it. None when some connections were looked at and the round goes on later, or is over.
        /// </summary>
        public int Next()
        {
            ConnectionTable connections = _parts.Connections;
            if (_slot == 0)
            {
                _clock.NextMs = Never;
                _nextMs = Never;
            }

            int touched = connections.Touched;
            if (_end <= _slot)
            {
                _end = _slot + SlotsPerStep < touched ? _slot + SlotsPerStep : touched;
            }

            for (; _slot < _end; _slot++)
            {
                var state = (ConnectionState)connections.State[_slot];
                bool isConnected = state == ConnectionState.Connected;
                int kind = isConnected ? Packet
                    : state == ConnectionState.Closing ? Closing : Connect;
                int end = isConnected ? Kinds : state == ConnectionState.Free ? kind : kind + 1;
                for (; kind < end; kind++)
                {
                    long time = TimeOf(_slot, kind);
                    if (time <= _clock.NowMs && kind == Packet && _inbound.IsWaiting(_slot))
                    {
                        // What is missing is not read: its time begins anew.
                        _inbound.Claim(_slot);
                        connections.Since[_slot] = _clock.Stamp();
                        connections.Received[_slot] = _clock.Stamp();
                        time = TimeOf(_slot, kind);
                    }

                    if (time <= _clock.NowMs)
                    {
                        Kind = kind;
                        return _slot; // It is looked at once more when it has been ended.
                    }

                    _nextMs = time < _nextMs ? time : _nextMs;
                }
            }

            _end = 0;
            if (_slot >= touched)
            {
                _slot = 0;
                long soonest = _clock.NowMs + RoundMs;
                _clock.Arm(_nextMs < soonest ? soonest : _nextMs);
            }

            return None;
        }

        /// <summary>The counter of the deadline that Next has found.</summary>
        public int Counts()
        {
            switch (Kind)
            {
                case Connect:
                    return Counter.LimitConnectTime;
                case Closing:
                    return Counter.LimitClosingTime;
                case Queue:
                    return Counter.LimitQueueTime;
                case KeepAlive:
                    return Counter.KeepAliveTimeouts;
                default:
                    return Counter.LimitPacketTime;
            }
        }

        /// <summary>What a client is told at that deadline.</summary>
        public byte ReasonCodeOf()
        {
            switch (Kind)
            {
                case Connect:
                    return ReasonCode.MaximumConnectTime;
                case Queue:
                    return ReasonCode.QuotaExceeded;
                case KeepAlive:
                    return ReasonCode.KeepAliveTimeout;
                default:
                    return ReasonCode.UnspecifiedError;
            }
        }

        /// <summary>The same in plain words.</summary>
        public string Why()
        {
            switch (Kind)
            {
                case Connect:
                    return "no CONNECT came in time";
                case Packet:
                    return "a packet was not finished in time";
                case Response:
                    return "responses were not taken in time";
                case Queue:
                    return "the client reads too slowly, its queue stayed full";
                default:
                    return "nothing came for one and a half times the Keep Alive [MQTT-3.1.2-22]";
            }
        }

        private long TimeOf(int slot, int kind)
        {
            ConnectionTable connections = _parts.Connections;
            BrokerSettings settings = _parts.Settings;
            switch (kind)
            {
                case Connect:
                    return _clock.EndOf(connections.Since[slot],
                        Shortest(settings.ConnectTimeoutMs, connections.IsFull()));
                case Closing:
                    return _parts.Queues.HasAny(slot)
                        ? _clock.EndOf(connections.Since[slot], settings.ClosingTimeoutMs)
                        : Never;
                case Packet:
                    bool isShort = _inbound.Waiting > 0
                        && (_inbound.HoldsShared(slot) || _inbound.IsWaiting(slot));
                    return _inbound.Length[slot] > 0 && (isShort || !_inbound.IsPaused[slot])
                        ? _clock.EndOf(connections.Since[slot],
                            Shortest(settings.PacketTimeoutMs, isShort))
                        : Never;
                case Response:
                    return _parts.Queues.Responses[slot] > 0
                        ? _clock.EndOf(connections.Took[slot], settings.PacketTimeoutMs)
                        : Never;
                case Queue:
                    return _pressure.DeadlineOf(slot);
                default:
                    int keepAlive = connections.KeepAliveMs[slot];

                    // It stands still while the broker itself does not read; looked at again.
                    return keepAlive == 0 ? Never
                        : _inbound.IsPaused[slot] || _inbound.IsWaiting(slot)
                            || (_parts.Queues.Responses[slot] > 0 && _responses.IsBehind(slot))
                            ? _clock.NowMs + keepAlive
                        : _clock.EndOf(connections.Received[slot], keepAlive);
            }
        }

        private static int Shortest(int timeoutMs, bool isShort)
        {
            return isShort && timeoutMs > MaxShortageMs ? MaxShortageMs : timeoutMs;
        }
    }
}
