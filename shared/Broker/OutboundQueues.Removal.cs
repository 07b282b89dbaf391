using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class OutboundQueues
    {
        /// <summary>Takes out the entry that was sent, or is not to be sent.</summary>
        public void RemoveFirst(int slot)
        {
            Remove(slot, None);
        }

        /// <summary>
        /// Takes the oldest message out of a queue that has not begun to be sent. Responses in
        /// front of it are as few as a connection may have waiting.
        /// </summary>
        /// <returns>False when there is none.</returns>
        public bool DropOldest(int slot)
        {
            if (Messages[slot] == 0)
            {
                return false;
            }

            int previous = None;
            int entry = Head[slot];
            if (Sent[slot] > 0)
            {
                previous = entry;
                entry = Next[entry];
            }

            // What goes out at QoS 1 or 2 is not dropped: its flow has begun.
            while (entry != None && (Header[entry] & ~1) != Router.PlainHeader)
            {
                previous = entry;
                entry = Next[entry];
            }

            if (entry == None)
            {
                return false;
            }

            Remove(slot, previous);
            return true;
        }

        /// <summary>Empties a queue.</summary>
        /// <param name="slot">Whose queue.</param>
        /// <param name="keepsResponses">
        /// Whether to keep responses and a packet that is partly sent.
        /// </param>
        public void Clear(int slot, bool keepsResponses)
        {
            int previous = None;
            int entry = Head[slot];
            bool isBegun = Sent[slot] > 0;
            while (entry != None)
            {
                int next = Next[entry];
                bool isResponse = Header[entry] >> 4 != PacketType.Publish;
                if (keepsResponses && (isResponse || isBegun))
                {
                    previous = entry;
                }
                else
                {
                    Remove(slot, previous);
                }

                isBegun = false;
                entry = next;
            }

            if (!keepsResponses)
            {
                Sent[slot] = 0;
            }
        }

        private void Remove(int slot, int previous)
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

            byte header = Header[entry];
            bool isPublish = header >> 4 == PacketType.Publish;
            if (isPublish)
            {
                Messages[slot]--;
            }
            else
            {
                Responses[slot]--;
                ResponseCount--;
            }

            if (isPublish || header == Raw)
            {
                int message = Value[entry];
                Bytes[slot] -= _store.Length[message];
                _store.Release(message);
            }

            if (Tag != null && Tag[entry] != 0)
            {
                if (Tag[entry] < 0)
                {
                    _store.Release(~Tag[entry]);
                }

                Tag[entry] = 0;
            }

            Give(entry);
        }
    }
}
