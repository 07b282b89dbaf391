namespace EdgeBroker.Topics
{
    public sealed partial class RetainedTable
    {
        /// <summary>Names looked at by walks; the caller may set it back.</summary>
        public int Steps;

        private readonly int[] _cursor;
        private byte[] _filter;
        private int _fixedLevels;
        private bool _isStarted;
        private bool _hasMultiLevel;
        private int _subtree;
        private int _walk;

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
                Steps++;
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
                Steps++;
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
