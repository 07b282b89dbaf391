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

        /// <summary>Sessions that end in one turn.</summary>
        private const int EndsInATurn = 16;

        private readonly BrokerLimits _limits;
        private readonly ConnectionTable _connections;
        private readonly SessionTable _sessions;
        private readonly SubscriptionTable _subscriptions;
        private readonly ClientIdTable _clientIds;
        private readonly Replays _replays;
        private readonly Outgoing _outgoing;
        private readonly Incoming _incoming;

        /// <param name="limits">Says how many sessions are kept.</param>
        /// <param name="connections">Which clients there are.</param>
        /// <param name="sessions">Whose connection is which.</param>
        /// <param name="subscriptions">Who subscribed to what.</param>
        /// <param name="clientIds">Who has which Client Identifier.</param>
        /// <param name="replays">Who is owed Retained Messages.</param>
        /// <param name="outgoing">What goes out at QoS 1 and 2; may be null.</param>
        /// <param name="incoming">What comes in at QoS 2; may be null.</param>
        public SessionLife(BrokerLimits limits, ConnectionTable connections,
            SessionTable sessions, SubscriptionTable subscriptions, ClientIdTable clientIds,
            Replays replays, Outgoing outgoing, Incoming incoming)
        {
            _limits = limits;
            _connections = connections;
            _sessions = sessions;
            _subscriptions = subscriptions;
            _clientIds = clientIds;
            _replays = replays;
            _outgoing = outgoing;
            _incoming = incoming;
        }

        /// <summary>
        /// Gives a client that was accepted the session that it left, or a new one.
        /// </summary>
        /// <returns>Whether it is the one that it left: Session Present.</returns>
        public bool Enter(int slot, ConnectPacket connect)
        {
            int session = !_sessions.IsOn || connect.ClientIdLength == 0
                ? None
                : _clientIds.Find(connect.Buffer, connect.ClientIdOffset, connect.ClientIdLength);
            if (session != None && !connect.CleanStart)
            {
                _sessions.Attach(session, slot); // [MQTT-3.1.2-5]
                return true;
            }

            if (session != None)
            {
                End(session); // [MQTT-3.1.2-4]
            }

            _replays.Begin(_sessions.Begin(slot));
            return false;
        }

        /// <summary>Sets how long a client's session stays, as far as there is room.</summary>
        /// <param name="slot">The client.</param>
        /// <param name="expiryS">What it asked for, see SessionTable.</param>
        /// <returns>False when it asked for a session that cannot be kept.</returns>
        public bool Keep(int slot, int expiryS)
        {
            if (!_sessions.IsOn)
            {
                return expiryS == 0;
            }

            int session = _sessions.Of(slot);
            bool mayKeep = expiryS == 0 || _sessions.ExpiryOf(session) != 0
                || _sessions.Kept < _limits.MaxSessions || MakeRoom();
            _sessions.SetExpiry(session, mayKeep ? expiryS : 0);
            return mayKeep;
        }

        /// <summary>
        /// A client is connected no longer: its session stays, or is over. Its slot stays in use.
        /// </summary>
        public void Leave(int slot)
        {
            if (_connections.State[slot] == (byte)ConnectionState.Connected)
            {
                _connections.Clients--;
            }

            int session = _sessions.Of(slot);
            if (_sessions.ExpiryOf(session) == 0)
            {
                End(session);
                return;
            }

            _outgoing.Detach(session);
            _sessions.Detach(session);
        }

        /// <summary>There is no room for the name of a session that has just begun.</summary>
        public void Abandon(int slot)
        {
            if (_sessions.IsOn)
            {
                _sessions.End(_sessions.Of(slot));
            }
        }

        /// <summary>
        /// The slot of a connection is free again. Without sessions the text of its Client
        /// Identifier could be read until now.
        /// </summary>
        public void Forget(int slot)
        {
            if (!_sessions.IsOn)
            {
                _clientIds.Forget(slot);
            }
        }

        /// <summary>Ends some of the sessions whose time is over.</summary>
        public void ForgetExpired()
        {
            for (int i = 0; i < EndsInATurn; i++)
            {
                int session = _sessions.NextExpired();
                if (session == None)
                {
                    return;
                }

                End(session);
            }
        }

        private void End(int session)
        {
            _subscriptions.RemoveAll(session);
            _replays.Begin(session);
            _clientIds.Unlink(session);
            if (_sessions.IsOn)
            {
                _clientIds.Forget(session);
                _outgoing.End(session);
                _incoming.End(session);
                _sessions.End(session);
            }
        }

        /// <summary>Ends a session that nobody will miss: it is over, or empty.</summary>
        private bool MakeRoom()
        {
            int session = _sessions.NextExpired();
            for (int i = 0; i < EndsInATurn && session == None; i++)
            {
                int next = _sessions.NextDetached();
                session = next != None && _outgoing.CountOf(next) == 0
                    && _subscriptions.CountOf(next) == 0 ? next : None;
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
