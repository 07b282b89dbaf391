using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Which message is retained under which Topic Name. Messages are numbers of the caller's.
    /// One walk over the names that match a filter can be under way at a time; nothing may be
    /// put, removed or cut into levels during it.
    /// </summary>
    public sealed partial class RetainedTable
    {
        /// <summary>No message.</summary>
        public const int None = -1;

        /// <summary>Names with a retained message.</summary>
        public int Count;

        private readonly TopicTree _tree;
        private readonly TopicLevels _levels;
        private readonly int _maxCount;

        /// <param name="maxCount">Most retained messages.</param>
        /// <param name="maxNodes">Most distinct Topic Levels in all their names.</param>
        /// <param name="levels">Scratch for cutting names and filters; may be shared.</param>
        /// <param name="texts">Where the levels' bytes are kept; may be shared.</param>
        public RetainedTable(int maxCount, int maxNodes, TopicLevels levels, BlockPool texts)
        {
            _tree = new TopicTree(maxNodes, levels.Seed, texts);
            _levels = levels;
            _cursor = new int[levels.Start.Length];
            _maxCount = maxCount;
        }

        /// <summary>The message retained under a name, or None.</summary>
        public int Get(byte[] buffer, int offset, int length)
        {
            int node = Find(buffer, offset, length);
            return node == TopicTree.None ? None : _tree.Value[node];
        }

        /// <summary>Retains a message under a checked name, in place of an earlier one.</summary>
        /// <returns>False when there is no room; nothing has changed then.</returns>
        public bool Put(byte[] buffer, int offset, int length, int message)
        {
            if (!_levels.Split(buffer, offset, length))
            {
                return false;
            }

            int node = _tree.FindOrAdd(buffer, _levels);
            if (node == TopicTree.None)
            {
                return false;
            }

            if (_tree.Value[node] == None)
            {
                if (Count == _maxCount)
                {
                    _tree.Prune(node);
                    return false;
                }

                Count++;
            }

            _tree.Value[node] = message;
            return true;
        }

        /// <summary>
        /// Forgets what is retained under a name; no effect when there is nothing.
        /// </summary>
        public void Remove(byte[] buffer, int offset, int length)
        {
            int node = Find(buffer, offset, length);
            if (node != TopicTree.None && _tree.Value[node] != None)
            {
                _tree.Value[node] = None;
                Count--;
                _tree.Prune(node);
            }
        }

        /// <summary>Places to look at with At, one after the other.</summary>
        public int Positions()
        {
            return _tree.Positions();
        }

        /// <summary>The message at a place, or None.</summary>
        public int At(int position)
        {
            return _tree.Value[position];
        }

        private int Find(byte[] buffer, int offset, int length)
        {
            return _levels.Split(buffer, offset, length)
                ? _tree.Find(buffer, _levels)
                : TopicTree.None;
        }
    }
}
