namespace EdgeBroker.Broker
{
    /// <summary>
    /// The messages at QoS 1 and 2 that each session has been given Packet Identifiers for, in the
    /// order in which they were sent first.
    /// </summary>
    /// <remarks>
    /// A session has as many places as its window is wide. Those below Queued wait in the queue of
    /// the connection, or were sent on it; the others wait until the client takes more.
    /// </remarks>
    public sealed class InFlight
    {
        /// <summary>No place.</summary>
        public const int None = -1;

        /// <summary>Places of each session.</summary>
        public readonly int Width;

        /// <summary>Messages on their way in each session.</summary>
        public readonly int[] Count;

        /// <summary>How many of them this connection's client takes at a time.</summary>
        public readonly int[] Window;

        /// <summary>
        /// The oldest ones that the connection that there is was given, or need not be given.
        /// </summary>
        public readonly int[] Queued;

        /// <summary>PUBLISH packets that it was given and whose flow is not over.</summary>
        public readonly int[] Out;

        /// <summary>Of so many of the oldest ones it was given PUBREL, if that is due.</summary>
        public readonly int[] Released;

        /// <summary>Packet Identifiers.</summary>
        public readonly ushort[] Id;

        /// <summary>The messages; None once PUBREC has come.</summary>
        public readonly int[] Message;

        /// <summary>First bytes of the packets, without DUP.</summary>
        public readonly byte[] Header;

        /// <summary>See QosFlow.</summary>
        public readonly byte[] State;

        /// <summary>Whether the connection that there is was given the PUBLISH.</summary>
        public readonly bool[] IsOut;

        /// <summary>See SubscriptionIdentifiers.</summary>
        public readonly int[] Tag;

        /// <summary>The Shared Subscription that a message came by; 0 for none.</summary>
        public readonly ushort[] Group;

        private readonly int[] _first;
        private readonly int[] _sent;
        private readonly ushort[] _lastId;

        /// <param name="sessions">Sessions are numbered below this.</param>
        /// <param name="width">Places of each session.</param>
        public InFlight(int sessions, int width)
        {
            Width = width;
            Count = new int[sessions];
            Window = new int[sessions];
            Queued = new int[sessions];
            Out = new int[sessions];
            Released = new int[sessions];
            Id = new ushort[sessions * width];
            Message = new int[sessions * width];
            Header = new byte[sessions * width];
            State = new byte[sessions * width];
            IsOut = new bool[sessions * width];
            Tag = new int[sessions * width];
            Group = new ushort[sessions * width];
            _first = new int[sessions];
            _sent = new int[sessions];
            _lastId = new ushort[sessions];
        }

        /// <summary>Begins a session without messages.</summary>
        public void Begin(int session)
        {
            Count[session] = 0;
            _lastId[session] = 0;
            Rewind(session, 0);
        }

        /// <summary>A connection begins or ends: nothing has been sent on it.</summary>
        public void Rewind(int session, int window)
        {
            Window[session] = window < Width ? window : Width;
            Queued[session] = 0;
            Out[session] = 0;
            Released[session] = 0;
            _sent[session] = 0;
            for (int age = 0; age < Count[session]; age++)
            {
                IsOut[PlaceOf(session, age)] = false;
            }
        }

        /// <summary>Where the place of some age is in the tables.</summary>
        public int PlaceOf(int session, int age)
        {
            int at = _first[session] + age;
            return session * Width + (at < Width ? at : at - Width);
        }

        /// <summary>Gives a message a Packet Identifier that is not in use.</summary>
        /// <returns>Its place. There must be one.</returns>
        public int Add(int session, byte header, int message, int tag, int group)
        {
            int id = _lastId[session];
            do
            {
                id = id < 0xFFFF ? id + 1 : 1; // [MQTT-2.2.1-4]
            }
            while (Find(session, id) != None);

            _lastId[session] = (ushort)id;
            int place = PlaceOf(session, Count[session]++);
            Id[place] = (ushort)id;
            Message[place] = message;
            Header[place] = header;
            State[place] = QosFlow.Unsent;
            IsOut[place] = false;
            Tag[place] = tag;
            Group[place] = (ushort)group;
            return place;
        }

        /// <summary>
        /// How many older ones there are than the message with a Packet Identifier; or None.
        /// </summary>
        public int Find(int session, int id)
        {
            int count = Count[session];
            for (int age = 0; age < count; age++)
            {
                if (Id[PlaceOf(session, age)] == id)
                {
                    return age;
                }
            }

            return None;
        }

        /// <summary>Whether this connection has sent a PUBLISH, or was given its PUBREL.</summary>
        public bool WasSentNow(int session, int age)
        {
            return age < (State[PlaceOf(session, age)] == QosFlow.Released
                ? Released[session]
                : _sent[session]);
        }

        /// <summary>The place of the PUBLISH that the connection sends next.</summary>
        public int NextToSend(int session)
        {
            int place = PlaceOf(session, _sent[session]);
            while (State[place] == QosFlow.Released)
            {
                place = PlaceOf(session, ++_sent[session]);
            }

            return place;
        }

        /// <summary>That PUBLISH was sent whole.</summary>
        public void NoteSent(int session)
        {
            State[NextToSend(session)] = QosFlow.Sent;
            _sent[session]++;
        }

        /// <summary>That PUBLISH is not sent at all.</summary>
        /// <returns>Its age.</returns>
        public int Unsendable(int session)
        {
            NextToSend(session);
            return _sent[session];
        }

        /// <summary>A message is on its way no more.</summary>
        public void Remove(int session, int age)
        {
            Out[session] -= IsOut[PlaceOf(session, age)] ? 1 : 0;
            if (age == 0)
            {
                _first[session] = _first[session] + 1 < Width ? _first[session] + 1 : 0;
            }
            else
            {
                for (int i = age + 1; i < Count[session]; i++)
                {
                    int from = PlaceOf(session, i);
                    int to = PlaceOf(session, i - 1);
                    Id[to] = Id[from];
                    Message[to] = Message[from];
                    Header[to] = Header[from];
                    State[to] = State[from];
                    IsOut[to] = IsOut[from];
                    Tag[to] = Tag[from];
                    Group[to] = Group[from];
                }
            }

            Count[session]--;
            Queued[session] -= age < Queued[session] ? 1 : 0;
            Released[session] -= age < Released[session] ? 1 : 0;
            _sent[session] -= age < _sent[session] ? 1 : 0;
        }
    }
}
