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
        /// <returns>Where the flow stands, see QosFlow.</returns>
        public byte Acknowledge(int slot, int type, int packetId, byte reasonCode)
        {
            int session = _sessions.Of(slot);
            int age = Flight.Find(session, packetId);
            if (age == None)
            {
                return QosFlow.Unknown;
            }

            int place = Flight.PlaceOf(session, age);
            byte state = Flight.WasSentNow(session, age)
                ? QosFlow.After(
                    Flight.State[place], Flight.Header[place] >> 1 & 3, type, reasonCode)
                : QosFlow.Unknown;
            if (state >= QosFlow.Unknown)
            {
                return state;
            }

            GiveUp(session, place);
            Flight.State[place] = state;
            if (state == QosFlow.Released)
            {
                _responses.Add(slot, Pubrel, packetId); // [MQTT-4.3.3-5]
                return state;
            }

            Flight.Remove(session, age);
            GoOn(session);
            return state;
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
            while (flight.Queued[session] < flight.Count[session] || MayStart(session))
            {
                int age = flight.Queued[session];
                int place = flight.PlaceOf(session, age);
                bool isReleased = flight.State[place] == QosFlow.Released;
                if (!isReleased && flight.Out[session] == flight.Window[session])
                {
                    break;
                }

                if (isReleased ? !Release(session, slot, age) : !Send(session, slot, place))
                {
                    _parts.Connections.IsPlain[slot] = false; // It goes on when there is room.
                    return;
                }

                flight.Queued[session]++;
                flight.Released[session] = flight.Released[session] > age
                    ? flight.Released[session]
                    : age + 1;
            }

            // PUBREL needs no room in the window [MQTT-3.3.4-10].
            while (flight.Released[session] < flight.Count[session])
            {
                if (!Release(session, slot, flight.Released[session]))
                {
                    _parts.Connections.IsPlain[slot] = false;
                    return;
                }

                flight.Released[session]++;
            }
        }

        private bool MayStart(int session)
        {
            return Flight.Out[session] < Flight.Window[session]
                && Flight.Count[session] < Flight.Width && Start(session);
        }

        /// <summary>Queues a PUBREL if it is due and was not queued.</summary>
        private bool Release(int session, int slot, int age)
        {
            int place = Flight.PlaceOf(session, age);
            return Flight.State[place] != QosFlow.Released || age < Flight.Released[session]
                || _responses.Add(slot, Pubrel, Flight.Id[place]); // [MQTT-4.4.0-1]
        }

        private bool Send(int session, int slot, int place)
        {
            InFlight flight = Flight;
            int dup = flight.State[place] == QosFlow.Sent ? PublishPacket.DupFlag : 0;
            if (!_queues.Add(
                slot, (byte)(flight.Header[place] | dup), flight.Message[place]))
            {
                return false;
            }

            Identifiers.Hold(flight.Tag[place]);
            _queues.TagLast(slot, flight.Tag[place]);
            flight.IsOut[place] = true;
            flight.Out[session]++;
            return true;
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
