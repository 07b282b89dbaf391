namespace EdgeBroker.Broker
{
    /// <summary>
    /// Which session belongs to which connection, and how long one stays that has none.
    /// </summary>
    /// <remarks>
    /// Subscriptions, Client Identifiers, replays and messages on their way belong to sessions.
    /// Where no session outlives its connection, as on a board with QoS 0, there is no such table:
    /// then a session has the number of its connection.
    /// </remarks>
    public sealed class SessionTable
    {
        /// <summary>No session, or no connection.</summary>
        public const int None = -1;

        /// <summary>A Session Expiry Interval that never ends (section 3.1.2.11.2).</summary>
        public const int Never = -1;

        /// <summary>The connection of each session, or None.</summary>
        public readonly int[] SlotOf;

        /// <summary>Sessions are numbered below this.</summary>
        public readonly int Places;

        /// <summary>Sessions that there are.</summary>
        public int Count;

        /// <summary>Sessions that outlive their connection, connected or not.</summary>
        public int Kept;

        /// <summary>Sessions without a connection.</summary>
        public int Detached;

        private const int LookedAtInATurn = 20000;

        private readonly int[] _ofSlot;
        private readonly int[] _expiryS;
        private readonly int[] _sinceS;
        private readonly int[] _next;
        private readonly Clock _clock;
        private int _freed = None;
        private int _untouched;
        private int _cursor;
        private int _left;

        /// <param name="slots">Connections are numbered below this.</param>
        /// <param name="kept">How many sessions may outlive their connection.</param>
        /// <param name="clock">The broker's time.</param>
        public SessionTable(int slots, int kept, Clock clock)
        {
            _clock = clock;
            Places = slots + kept;
            _ofSlot = new int[slots];
            SlotOf = new int[Places];
            _expiryS = new int[Places];
            _sinceS = new int[Places];
            _next = new int[Places];
        }

        /// <summary>A connection has come; it has no session yet.</summary>
        public void Open(int slot)
        {
            _ofSlot[slot] = None;
        }

        /// <summary>The session of a connection, or None.</summary>
        public int Of(int slot)
        {
            return _ofSlot[slot];
        }

        /// <summary>The connection of a session, or None.</summary>
        public int ConnectionOf(int session)
        {
            return session == None ? None : SlotOf[session];
        }

        /// <summary>Begins a session for a connection; there is one for each.</summary>
        public int Begin(int slot)
        {
            int session = _freed;
            if (session != None)
            {
                _freed = _next[session];
            }
            else
            {
                session = _untouched++;
            }

            Count++;
            _expiryS[session] = 0;
            Join(session, slot);
            return session;
        }

        /// <summary>A client has come back to its session.</summary>
        public void Attach(int session, int slot)
        {
            Detached--;
            Join(session, slot);
        }

        /// <summary>The connection of a session has ended, and the session stays.</summary>
        public void Detach(int session)
        {
            _ofSlot[SlotOf[session]] = None;
            SlotOf[session] = None;

            // Seconds, for an interval may be many years. Rounded up, so that none ends early.
            _sinceS[session] = (int)((_clock.NowMs + 999) / 1000);
            Detached++;
        }

        /// <summary>A session is over.</summary>
        public void End(int session)
        {
            SetExpiry(session, 0);
            if (SlotOf[session] == None)
            {
                Detached--;
            }
            else
            {
                _ofSlot[SlotOf[session]] = None;
            }

            SlotOf[session] = None;
            _next[session] = _freed;
            _freed = session;
            Count--;
        }

        /// <summary>Seconds that a session outlives its connection; Never for good.</summary>
        public int ExpiryOf(int session)
        {
            return _expiryS[session];
        }

        /// <summary>Sets how long a session outlives its connection.</summary>
        public void SetExpiry(int session, int expiryS)
        {
            Kept += (expiryS != 0 ? 1 : 0) - (_expiryS[session] != 0 ? 1 : 0);
            _expiryS[session] = expiryS;
        }

        /// <summary>Some sessions without a connection are to be looked at.</summary>
        public void BeginTurn()
        {
            _left = _untouched < LookedAtInATurn ? _untouched : LookedAtInATurn;
        }

        /// <summary>
        /// The next of them; None at the end of the turn. The next turn goes on there.
        /// </summary>
        public int NextDetached()
        {
            for (; _left > 0 && Detached > 0; _left--)
            {
                _cursor = _cursor + 1 < _untouched ? _cursor + 1 : 0;
                if (_expiryS[_cursor] != 0 && SlotOf[_cursor] == None)
                {
                    _left--;
                    return _cursor;
                }
            }

            return None;
        }

        /// <summary>Whether the time of a session without a connection is over.</summary>
        public bool IsExpired(int session)
        {
            int expiryS = _expiryS[session];
            return expiryS != Never
                && _clock.NowMs / 1000 - _sinceS[session] >= (uint)expiryS;
        }

        private void Join(int session, int slot)
        {
            SlotOf[session] = slot;
            _ofSlot[slot] = session;
        }
    }
}
