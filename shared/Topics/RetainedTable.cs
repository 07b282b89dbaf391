using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Which message is retained under which Topic Name. Messages are numbers of the caller's.
    /// One walk over the names that match a filter can be under way at a time; nothing may be
    /// put or removed during it.
    /// </summary>
    public sealed class RetainedTable
    {
        /// <summary>No message.</summary>
        public const int None = -1;

        /// <summary>Names with a retained message.</summary>
        public int Count;

        private readonly TopicTree _tree;
        private readonly TopicLevels _levels;
        private readonly int[] _cursor;
        private readonly int _maxCount;
        private byte[] _filter;
        private int _fixedLevels;
        private bool _isStarted;
        private bool _hasMultiLevel;
        private int _subtree;
        private int _walk;

        /// <param name="maxCount">Most retained messages.</param>
        /// <param name="maxNodes">Most distinct Topic Levels in all their names.</param>
        /// <param name="levels">Scratch of this table's own for cutting names and filters.</param>
        /// <param name="texts">Where the levels' bytes are kept; may be shared.</param>
        public RetainedTable(int maxCount, int maxNodes, TopicLevels levels, BlockPool texts)
        {
            _tree = new TopicTree(maxNodes, texts);
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

        /// <summary>Forgets what is retained under a name; no effect when there is nothing.</summary>
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
            return _tree.Value.Length;
        }

        /// <summary>The message at a place, or None.</summary>
        public int At(int position)
        {
            return _tree.IsUsed(position) ? _tree.Value[position] : None;
        }

        /// <summary>Bytes that all tables take, without the text.</summary>
        public long SizeBytes()
        {
            return _tree.SizeBytes();
        }

        /// <summary>Begins a walk over the messages whose names match a checked filter.</summary>
        public void Begin(byte[] buffer, int offset, int length)
        {
            _filter = buffer;
            _isStarted = false;
            _walk = TopicTree.None;
            if (!_levels.Split(buffer, offset, length))
            {
                _isStarted = true;
                _fixedLevels = 0;
                return;
            }

            _hasMultiLevel = _levels.Is(buffer, _levels.Count - 1, '#');
            _fixedLevels = _levels.Count - (_hasMultiLevel ? 1 : 0);
        }

        /// <summary>The next message of the walk, or None when it has ended.</summary>
        public int Next()
        {
            while (true)
            {
                int node;
                if (_walk != TopicTree.None)
                {
                    node = _walk;
                    _walk = Following(node);
                }
                else
                {
                    node = NextOfFixedLevels();
                    if (node == TopicTree.None)
                    {
                        return None;
                    }

                    if (_hasMultiLevel)
                    {
                        _subtree = node;
                        _walk = FirstChildOf(node);
                    }
                }

                if (_tree.Value[node] != None)
                {
                    return _tree.Value[node];
                }
            }
        }

        private int Find(byte[] buffer, int offset, int length)
        {
            return _levels.Split(buffer, offset, length)
                ? _tree.Find(buffer, _levels)
                : TopicTree.None;
        }

        /// <summary>The node after one in pre-order within the subtree under "#".</summary>
        private int Following(int node)
        {
            int next = FirstChildOf(node);
            while (next == TopicTree.None)
            {
                next = SkipDollar(_tree.NextSibling[node], _tree.Parent[node]);
                node = _tree.Parent[node];
                if (next == TopicTree.None && node == _subtree)
                {
                    return TopicTree.None;
                }
            }

            return next;
        }

        private int NextOfFixedLevels()
        {
            int level;
            if (_isStarted)
            {
                level = _fixedLevels - 1;
                if (level >= 0)
                {
                    _cursor[level] = NextCandidate(level);
                }
            }
            else
            {
                _isStarted = true;
                if (_fixedLevels == 0)
                {
                    return TopicTree.Root;
                }

                level = 0;
                _cursor[0] = FirstCandidate(0);
            }

            while (level >= 0)
            {
                if (_cursor[level] == TopicTree.None)
                {
                    level--;
                    if (level >= 0)
                    {
                        _cursor[level] = NextCandidate(level);
                    }
                }
                else if (level == _fixedLevels - 1)
                {
                    return _cursor[level];
                }
                else
                {
                    level++;
                    _cursor[level] = FirstCandidate(level);
                }
            }

            return TopicTree.None;
        }

        private int FirstCandidate(int level)
        {
            int parent = level == 0 ? TopicTree.Root : _cursor[level - 1];
            return _levels.Is(_filter, level, '+')
                ? FirstChildOf(parent)
                : _tree.Child(parent, _filter, _levels.Start[level], _levels.Length[level],
                    _levels.Hash[level]);
        }

        private int NextCandidate(int level)
        {
            int node = _cursor[level];
            return _levels.Is(_filter, level, '+')
                ? SkipDollar(_tree.NextSibling[node], _tree.Parent[node])
                : TopicTree.None;
        }

        private int FirstChildOf(int parent)
        {
            return SkipDollar(_tree.FirstChild[parent], parent);
        }

        private int SkipDollar(int node, int parent)
        {
            // A wildcard at the first level leaves out "$..." names [MQTT-4.7.2-1].
            while (parent == TopicTree.Root && node != TopicTree.None && _tree.IsDollar(node))
            {
                node = _tree.NextSibling[node];
            }

            return node;
        }
    }
}
