using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// What waits for each connection, in order: stored messages, and responses that are made up
    /// when they are sent. All queues share one table of entries.
    /// </summary>
    /// <remarks>
    /// What enters or leaves a queue does so here, so the counts are right by construction. Only
    /// the router appends, and the writer takes out, on their own on the fast path.
    /// </remarks>
    public sealed partial class OutboundQueues
    {
        /// <summary>No entry, or no slot.</summary>
        public const int None = -1;

        /// <summary>Header of an entry whose message is sent as it is.</summary>
        public const int Raw = 0;

        /// <summary>Bytes of the tables for one entry.</summary>
        public const int BytesPerEntry = 9;

        /// <summary>First entry of each connection, or None.</summary>
        public readonly int[] Head;

        /// <summary>Last entry of each connection, if it has one.</summary>
        public readonly int[] Tail;

        /// <summary>Application Messages waiting for each connection.</summary>
        public readonly int[] Messages;

        /// <summary>Bytes of all stored messages that wait, responses included.</summary>
        public readonly int[] Bytes;

        /// <summary>Responses waiting for each connection.</summary>
        public readonly int[] Responses;

        /// <summary>Bytes of each connection's first packet that were sent already.</summary>
        public readonly int[] Sent;

        /// <summary>The entry behind each entry, or None.</summary>
        public readonly int[] Next;

        /// <summary>
        /// First byte of each entry's packet; of a PUBLISH with its QoS and RETAIN; or Raw.
        /// </summary>
        public readonly byte[] Header;

        /// <summary>
        /// The message of a PUBLISH or Raw entry; for a response its Packet Identifier, with the
        /// Reason Code above it.
        /// </summary>
        public readonly int[] Value;

        /// <summary>Entries in use.</summary>
        public int Count;

        /// <summary>Entries in use for responses.</summary>
        public int ResponseCount;

        /// <summary>
        /// Entries that messages may use. The others, two for each connection, are for responses,
        /// so that waiting messages cannot keep anybody from being answered.
        /// </summary>
        public readonly int MessageEntries;

        /// <summary>Whose queue has still to be offered to its socket.</summary>
        public readonly Offers Offers;

        /// <summary>
        /// See SubscriptionIdentifiers; free entries have 0. Null where there are none.
        /// </summary>
        public int[] Tag;

        /// <summary>Entries that were used and are free, chained by Next; or None.</summary>
        public int Freed;

        private readonly MessageStore _store;
        private int _untouched;

        /// <param name="connections">Connections are numbered below this.</param>
        /// <param name="entries">Entries for all of them.</param>
        /// <param name="store">Where the messages are.</param>
        public OutboundQueues(int connections, int entries, MessageStore store)
        {
            Head = new int[connections];
            Tail = new int[connections];
            Messages = new int[connections];
            Bytes = new int[connections];
            Responses = new int[connections];
            Sent = new int[connections];
            Next = new int[entries];
            Header = new byte[entries];
            Value = new int[entries];
            MessageEntries = entries - 2 * connections;
            _store = store;
            Offers = new Offers(connections);
            Freed = None;
        }

        /// <summary>Begins with an empty queue.</summary>
        public void Open(int slot)
        {
            Head[slot] = None;
            Sent[slot] = 0;
        }

        /// <summary>Whether anything waits for a connection.</summary>
        public bool HasAny(int slot)
        {
            return Head[slot] != None;
        }

        /// <summary>Whether there are entries for some more messages.</summary>
        public bool HasRoom(int messages)
        {
            return Count - ResponseCount + messages <= MessageEntries;
        }

        /// <summary>
        /// Whether one more response may wait for a connection. The first one always may.
        /// </summary>
        public bool MayRespond(int slot)
        {
            return Responses[slot] == 0
                || ResponseCount < Next.Length - MessageEntries - Head.Length;
        }

        /// <summary>Takes a free entry, to be filled and linked by the caller.</summary>
        /// <returns>The entry, or None when all are in use.</returns>
        public int Take()
        {
            int entry = Freed;
            if (entry != None)
            {
                Freed = Next[entry];
            }
            else if (_untouched < Next.Length)
            {
                entry = _untouched++;
            }
            else
            {
                return None;
            }

            Count++;
            return entry;
        }

        /// <summary>Gives the last entry of a queue a tag; the reference is the queue's.</summary>
        public void TagLast(int slot, int tag)
        {
            if (tag != 0)
            {
                Tag[Tail[slot]] = tag;
            }
        }

        /// <summary>Gives back an entry that is in no queue any more.</summary>
        public void Give(int entry)
        {
            Next[entry] = Freed;
            Freed = entry;
            Count--;
        }

        /// <summary>
        /// Puts a message or a response at the end of a queue; a stored message gets a reference.
        /// </summary>
        /// <returns>False when all entries are in use; nothing has changed then.</returns>
        public bool Add(int slot, byte header, int value)
        {
            int entry = Take();
            if (entry == None)
            {
                return false;
            }

            Next[entry] = None;
            Header[entry] = header;
            Value[entry] = value;
            if (Head[slot] == None)
            {
                Head[slot] = entry;
            }
            else
            {
                Next[Tail[slot]] = entry;
            }

            Tail[slot] = entry;
            bool isPublish = header >> 4 == PacketType.Publish;
            if (isPublish)
            {
                Messages[slot]++;
            }
            else
            {
                Responses[slot]++;
                ResponseCount++;
            }

            if (isPublish || header == Raw)
            {
                _store.References[value]++;
                Bytes[slot] += _store.Length[value];
            }

            if (Offers.State[slot] == Offers.Idle)
            {
                Offers.MarkReady(slot);
            }

            return true;
        }
    }
}
