using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Begins and ends sessions with all that belongs to them: with their connection, after their
    /// time, or to make room for another.
    /// </summary>
    public sealed class SessionLife
    {
        private const int None = SessionTable.None;

        private const int LookMs = 1000;

        private readonly BrokerParts _parts;
        private readonly ClientIdTable _clientIds;
        private readonly Replays _replays;
        private readonly WillMessages _wills;
        private readonly Incoming _incoming;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="clientIds">Who has which Client Identifier.</param>
        /// <param name="replays">Who is owed Retained Messages.</param>
        /// <param name="wills">Who has which Will.</param>
        /// <param name="incoming">What comes in at QoS 2; null without sessions.</param>
        public SessionLife(BrokerParts parts, ClientIdTable clientIds, Replays replays,
            WillMessages wills, Incoming incoming)
        {
            _parts = parts;
            _clientIds = clientIds;
            _replays = replays;
            _wills = wills;
            _incoming = incoming;
        }

        /// <summary>
        /// Gives a client that was accepted the session that it left, or a new one.
        /// </summary>
        /// <returns>Whether it is the one that it left: Session Present.</returns>
        public bool Enter(int slot, ConnectPacket connect)
        {
            SessionTable sessions = _parts.Sessions;
            int session = sessions == null || connect.ClientIdLength == 0
                ? None
                : _clientIds.Find(connect.Buffer, connect.ClientIdOffset, connect.ClientIdLength);
            bool isDetached = session != None && sessions.SlotOf[session] == None;
            if (isDetached && sessions.IsExpired(session))
            {
                End(session); // [MQTT-4.1.0-2]: nobody has looked at it yet.
                session = None;
            }

            if (session != None && !connect.CleanStart)
            {
                _wills.PublishDelayed(session);
                sessions.Attach(session, slot); // [MQTT-3.1.2-5]
                _wills.Drop(session); // [MQTT-3.1.3-9]
                return true;
            }

            if (session != None)
            {
                End(session); // [MQTT-3.1.2-4]
            }

            _replays.Begin(sessions == null ? slot : sessions.Begin(slot));
            return false;
        }

        /// <summary>Sets how long a client's session stays, as far as there is room.</summary>
        /// <param name="slot">The client.</param>
        /// <param name="expiryS">What it asked for, see SessionTable.</param>
        /// <returns>False when it asked for one that stays longer than it will.</returns>
        public bool Keep(int slot, int expiryS)
        {
            SessionTable sessions = _parts.Sessions;
            if (sessions == null)
            {
                return expiryS == 0;
            }

            int session = sessions.Of(slot);
            bool isShortened = _parts.Limits.MaxSessionExpiryS > 0
                && (uint)expiryS > _parts.Limits.MaxSessionExpiryS;
            expiryS = isShortened ? _parts.Limits.MaxSessionExpiryS : expiryS;
            bool mayKeep = expiryS == 0 || sessions.ExpiryOf(session) != 0
                || sessions.Kept < _parts.Limits.MaxSessions || MakeRoom();
            sessions.SetExpiry(session, mayKeep ? expiryS : 0);
            _parts.Counters[Counter.LimitSessions] += mayKeep ? 0 : 1;
            return mayKeep && !isShortened;
        }

        /// <summary>
        /// A client is connected no longer: its session stays, or is over. Its slot stays in use.
        /// </summary>
        /// <param name="slot">The client.</param>
        /// <param name="hasGone">Whether it went without taking its Will back.</param>
        public void Leave(int slot, bool hasGone)
        {
            if (_parts.Connections.State[slot] == (byte)ConnectionState.Connected)
            {
                _parts.Connections.Clients--;
            }

            int session = _parts.SessionOf(slot);
            if (!hasGone)
            {
                _wills.Drop(session); // [MQTT-3.14.4-3]
            }

            if (_parts.Sessions == null || _parts.Sessions.ExpiryOf(session) == 0)
            {
                End(session);
                return;
            }

            _wills.Delay(session);

            _parts.Outgoing.Detach(session);
            _parts.Sessions.Detach(session);
            ArmExpiry();
        }

        /// <summary>Sessions without a connection are looked at once a second.</summary>
        public void ArmExpiry()
        {
            if (_parts.Sessions != null && _parts.Sessions.Detached > 0)
            {
                _parts.Clock.Arm(_parts.Clock.NowMs + LookMs);
            }
        }

        /// <summary>A connection ends because a queue is full: so does a full session.</summary>
        public void GiveUpIfFull(int slot)
        {
            if (_parts.Sessions != null && _parts.Outgoing.IsBehind(_parts.Sessions.Of(slot)))
            {
                _parts.Sessions.SetExpiry(_parts.Sessions.Of(slot), 0);
            }
        }

        /// <summary>There is no room for the name of a session that has just begun.</summary>
        public void Abandon(int slot)
        {
            _parts.Sessions?.End(_parts.Sessions.Of(slot));
        }

        /// <summary>
        /// The slot of a connection is free again. Without sessions the text of its Client
        /// Identifier could be read until now.
        /// </summary>
        public void Forget(int slot)
        {
            if (_parts.Sessions == null)
            {
                _clientIds.Forget(slot);
            }
        }

        /// <summary>
        /// Ends some of the sessions whose time is over, and publishes Wills whose delay is.
        /// </summary>
        public void LookAfter()
        {
            SessionTable sessions = _parts.Sessions;
            if (sessions == null)
            {
                return;
            }

            sessions.BeginTurn();
            int session = sessions.NextDetached();
            while (session != None)
            {
                if (sessions.IsExpired(session))
                {
                    End(session);
                }
                else if (_parts.Settings.QueueFullPolicy == QueueFullPolicy.Disconnect
                    && _parts.Outgoing.IsBehind(session))
                {
                    _parts.Counters[Counter.LimitQueueTime]++;
                    End(session);
                }
                else
                {
                    _wills.PublishDelayed(session);
                }

                session = sessions.NextDetached();
            }
        }

        private void End(int session)
        {
            _wills.Publish(session); // Section 3.1.2.5: at the end of the session at the latest.
            _parts.Subscriptions.RemoveAll(session);
            _replays.Begin(session);
            _clientIds.Unlink(session);
            if (_parts.Sessions != null)
            {
                _clientIds.Forget(session);
                _parts.Outgoing.Groups?.RemoveAll(session);
                _parts.Outgoing.End(session);
                _incoming.End(session);
                _parts.Sessions.End(session);
            }
        }

        /// <summary>Ends a session that nobody will miss: it is over, or empty.</summary>
        private bool MakeRoom()
        {
            SessionTable sessions = _parts.Sessions;
            sessions.BeginTurn();
            int session = sessions.NextDetached();
            while (session != None && !sessions.IsExpired(session)
                && (_parts.Outgoing.CountOf(session) > 0 || _incoming.CountOf(session) > 0
                    || _parts.Subscriptions.CountOf(session) > 0))
            {
                session = sessions.NextDetached();
            }

            if (session == None)
            {
                return false;
            }

            End(session);
            return true;
        }
    }
}
