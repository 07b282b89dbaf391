namespace EdgeBroker.Topics
{
    public sealed partial class TopicTree
    {
        /// <summary>
        /// Removes a node without value and children, and its ancestors likewise.
        /// </summary>
        public void Prune(int node)
        {
            while (node != Root && Value[node] == None && FirstChild[node] == None)
            {
                int parent = Parent[node];
                Remove(node, parent);
                node = parent;
            }
        }

        /// <summary>Whether a node's level starts with "$".</summary>
        public bool IsDollar(int node)
        {
            return _texts.Bytes[_text[node] * _texts.BlockSize] == '$';
        }

        /// <summary>
        /// Places that have ever held a node; the value of one that holds none now is None.
        /// </summary>
        public int Positions()
        {
            return _untouched;
        }

        private bool IsText(int text, byte[] buffer, int offset, int length)
        {
            byte[] bytes = _texts.Bytes;
            int size = _texts.BlockSize;
            int at = text * size;
            int end = at + size;
            for (int last = offset + length; offset < last; offset++)
            {
                if (bytes[at] != buffer[offset])
                {
                    return false;
                }

                if (++at == end)
                {
                    text = _texts.Next[text];
                    at = text * size;
                    end = at + size;
                }
            }

            return bytes[at] == 0;
        }

        private int BucketOf(int node, int parent)
        {
            // Only a removal needs it again, so it is not kept.
            int hash = TopicLevels.HashOf(_texts, _text[node], _seed)
                ^ (parent * -1640531527);
            return (hash ^ (hash >> 15)) & _bucketMask;
        }

        private void Remove(int node, int parent)
        {
            int next = NextSibling[node];
            int previous = _previousSibling[node];
            if (previous == None)
            {
                FirstChild[parent] = next;
            }
            else
            {
                NextSibling[previous] = next;
            }

            if (next != None)
            {
                _previousSibling[next] = previous;
            }

            int bucket = BucketOf(node, parent);
            int at = _bucket[bucket] - 1;
            if (at == node)
            {
                _bucket[bucket] = _nextInBucket[node];
            }
            else
            {
                while (_nextInBucket[at] - 1 != node)
                {
                    at = _nextInBucket[at] - 1;
                }

                _nextInBucket[at] = _nextInBucket[node];
            }

            _texts.Free(_text[node]);
            NextSibling[node] = _freed;
            _freed = node;
            Count--;
        }
    }
}
