using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    // The messages on their way.
    public sealed partial class Outgoing
    {
        private const byte Pubrel = (PacketType.Pubrel << 4) | 2;

        /// <summary>PUBACK, PUBREC or PUBCOMP has come.</summary>
        /// <param name="slot">The connection.</param>
        /// <param name="type">See PacketType.</param>
        /// <param name="packetId">Its Packet Identifier.</param>
        /// <param name="reasonCode">Its Reason Code.</param>
        /// <returns>False when it belongs to nothing that was sent.</returns>
        public bool Acknowledge(int slot, int type, int packetId, byte reasonCode)
        {
            int session = _sessions.Of(slot);
            int age = Flight.Find(session, packetId);
            if (age == None)
            {
                return false;
            }

            int place = Flight.PlaceOf(session, age);
            byte state = Flight.WasSentNow(session, age)
                ? QosFlow.After(
                    Flight.State[place], Flight.Header[place] >> 1 & 3, type, reasonCode)
                : QosFlow.Unknown;
            if (state == QosFlow.Unknown)
            {
                return false;
            }

            GiveUp(session, place);
            Flight.State[place] = state;
            if (state == QosFlow.Released)
            {
                _responses.Add(slot, Pubrel, packetId); // [MQTT-4.3.3-5]
                return true;
            }

            Flight.Remove(session, age);
            GoOn(session);
            return true;
        }

        /// <summary>The Packet Identifier of the PUBLISH that a connection sends next.</summary>
        public int NextId(int slot)
        {
            int session = _sessions.Of(slot);
            return Flight.Id[Flight.NextToSend(session)];
        }

        /// <summary>That PUBLISH was sent whole.</summary>
        public void NoteSent(int slot)
        {
            int session = _sessions.Of(slot);
            if (session != None)
            {
                Flight.NoteSent(session);
            }
        }

        /// <summary>That PUBLISH is not sent: it is too large, or too late.</summary>
        public void NoteUnsent(int slot)
        {
            int session = _sessions.Of(slot);
            int age = Flight.Unsendable(session);
            GiveUp(session, Flight.PlaceOf(session, age));
            Flight.Remove(session, age);
            GoOn(session);
        }

        /// <summary>
        /// Gives the connection of a session what its client takes: what was on its way before,
        /// then what waits.
        /// </summary>
        public void GoOn(int session)
        {
            int slot = _sessions.ConnectionOf(session);
            if (slot == None)
            {
                return;
            }

            InFlight flight = Flight;
            int window = flight.Window[session];
            while (flight.Queued[session] < window)
            {
                if (flight.Queued[session] == flight.Count[session] && !Start(session))
                {
                    return;
                }

                int place = flight.PlaceOf(session, flight.Queued[session]);
                int state = flight.State[place];
                bool isQueued = state == QosFlow.Released
                    ? _responses.Add(slot, Pubrel, flight.Id[place])
                    : _queues.Add(slot, (byte)(flight.Header[place]
                        | (state == QosFlow.Sent ? PublishPacket.DupFlag : 0)),
                        flight.Message[place]); // [MQTT-4.4.0-1]
                if (!isQueued)
                {
                    _parts.Connections.IsPlain[slot] = false; // It goes on when entries are free.
                    return;
                }

                if (state != QosFlow.Released)
                {
                    Identifiers.Hold(flight.Tag[place]);
                    _queues.TagLast(slot, flight.Tag[place]);
                }

                flight.Queued[session]++;
            }
        }

        /// <summary>Gives the first message that waits a Packet Identifier.</summary>
        /// <returns>False when none waits.</returns>
        private bool Start(int session)
        {
            while (_backlogs.Count[session] > 0)
            {
                int message = _backlogs.FirstMessage(session);
                byte header = _backlogs.FirstHeader(session);
                int tag = _backlogs.FirstTag(session);
                int group = _backlogs.FirstGroup(session);
                _backlogs.RemoveFirst(session);
                if (!_parts.Store.IsExpired(message, _parts.Clock.NowMs))
                {
                    Flight.Add(session, header, message, tag, group);
                    return true;
                }

                _parts.Counters[Counter.MessagesExpired]++; // [MQTT-3.3.2-5]
                GiveUp(session, message, tag, group);
            }

            return false;
        }
    }
}
