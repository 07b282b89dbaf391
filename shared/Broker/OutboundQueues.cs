namespace EdgeBroker.Broker
{
    /// <summary>
    /// What waits for each connection, in order: messages, and responses that are made up when
    /// they are sent. All queues share one table of entries.
    /// </summary>
    public sealed class OutboundQueues
    {
        /// <summary>No entry.</summary>
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

        /// <summary>Bytes of those messages.</summary>
        public readonly int[] Bytes;

        /// <summary>Responses waiting for each connection.</summary>
        public readonly int[] Responses;

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

        /// <summary>
        /// Entries that messages may use: as many as there are connections are left to responses,
        /// so that waiting messages cannot keep anybody from being answered.
        /// </summary>
        public readonly int MessageEntries;

        private int _freed;
        private int _untouched;

        /// <param name="connections">Connections are numbered below this.</param>
        /// <param name="entries">Entries for all of them.</param>
        public OutboundQueues(int connections, int entries)
        {
            Head = new int[connections];
            Tail = new int[connections];
            Messages = new int[connections];
            Bytes = new int[connections];
            Responses = new int[connections];
            Next = new int[entries];
            Header = new byte[entries];
            Value = new int[entries];
            MessageEntries = entries - connections;
            _freed = None;
        }

        /// <summary>Begins with an empty queue.</summary>
        public void Reset(int slot)
        {
            Head[slot] = None;
            Messages[slot] = 0;
            Bytes[slot] = 0;
            Responses[slot] = 0;
        }

        /// <summary>Takes a free entry, to be filled and linked by the caller.</summary>
        /// <returns>The entry, or None when all are in use.</returns>
        public int Take()
        {
            int entry = _freed;
            if (entry != None)
            {
                _freed = Next[entry];
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

        /// <summary>Gives back an entry that is in no queue any more.</summary>
        public void Give(int entry)
        {
            Next[entry] = _freed;
            _freed = entry;
            Count--;
        }

        /// <summary>Puts an entry at the end of a queue; the caller keeps the counts.</summary>
        /// <returns>False when all entries are in use.</returns>
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
            return true;
        }

        /// <summary>Takes out the entry behind another one, or the first; counts stay.</summary>
        /// <param name="slot">Whose queue, not empty.</param>
        /// <param name="previous">The entry before it, or None for the first.</param>
        public void Remove(int slot, int previous)
        {
            int entry;
            if (previous == None)
            {
                entry = Head[slot];
                Head[slot] = Next[entry];
            }
            else
            {
                entry = Next[previous];
                Next[previous] = Next[entry];
                if (Tail[slot] == entry)
                {
                    Tail[slot] = previous;
                }
            }

            Give(entry);
        }
    }
}
