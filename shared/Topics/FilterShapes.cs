namespace EdgeBroker.Topics
{
    /// <summary>
    /// The shapes of the Topic Filters in a table. A shape says how many levels a filter has, which
    /// of them are "+" and whether "#" ends it; all filters without wildcards share one. A filter
    /// whose shape does not fit any more goes under that of "#", "x/#", "x/x/#" or "x/x/x/#", which
    /// covers it with a coarser key; so who looks there has to compare the text.
    /// </summary>
    public sealed class FilterShapes
    {
        /// <summary>No shape.</summary>
        public const int None = -1;

        /// <summary>The shape of all filters without wildcards.</summary>
        public const int Exact = 0;

        /// <summary>Numbers in the record of a shape.</summary>
        public const int Stride = 5;

        /// <summary>In a record: levels before "#", or all of them; unused for Exact.</summary>
        public const int Depth = 0;

        /// <summary>In a record: most levels of a name that can match.</summary>
        public const int MostLevels = 1;

        /// <summary>In a record: a bit for each level that is "+".</summary>
        public const int Plus = 2;

        /// <summary>In a record: one more than the last level that is "+"; 0 for none.</summary>
        public const int PlusEnd = 3;

        /// <summary>A record for each shape; shape s starts at s * Stride.</summary>
        public readonly int[] Records;

        /// <summary>The shapes that filters have now, in no order.</summary>
        public readonly int[] Used;

        /// <summary>How many those are.</summary>
        public int UsedCount;

        private const int Users = 4;
        private const int FirstPrefix = 1;
        private const int LongestPrefix = 3;
        private const int FirstFree = FirstPrefix + LongestPrefix + 1;
        private const int BitsOfPlus = 32;
        private const int MaxShapes = 255;
        private int _depth;
        private int _most;
        private int _plus;
        private int _plusEnd;
        private int _prefix;
        private bool _isTooDeep;

        /// <param name="maxShapes">
        /// Most shapes. Those of names and of the four prefixes are always there; more than 255
        /// are not used.
        /// </param>
        public FilterShapes(int maxShapes)
        {
            int shapes = maxShapes < FirstFree ? FirstFree : maxShapes;
            shapes = shapes > MaxShapes ? MaxShapes : shapes;
            Records = new int[shapes * Stride];
            Used = new int[shapes];
            for (int depth = 0; depth <= LongestPrefix; depth++)
            {
                int record = (FirstPrefix + depth) * Stride;
                Records[record + Depth] = depth;
                Records[record + MostLevels] = int.MaxValue;
            }
        }

        /// <summary>Takes the shape of a checked filter that was cut into levels.</summary>
        public void Read(byte[] buffer, TopicLevels levels)
        {
            bool isOpen = levels.Is(buffer, levels.Count - 1, '#');
            _depth = isOpen ? levels.Count - 1 : levels.Count;
            _most = isOpen ? int.MaxValue : _depth;
            _plus = 0;
            _plusEnd = 0;
            _prefix = _depth;
            for (int level = 0; level < _depth; level++)
            {
                if (levels.Is(buffer, level, '+'))
                {
                    _prefix = _plusEnd == 0 ? level : _prefix;
                    _plusEnd = level + 1;
                    _plus |= 1 << level;
                }
            }

            _isTooDeep = _plusEnd > BitsOfPlus;
            _prefix = _prefix > LongestPrefix ? LongestPrefix : _prefix;
        }

        /// <summary>The shape taken last, or None when no filter has it.</summary>
        public int Find()
        {
            if (_plusEnd == 0 && _most == _depth)
            {
                return Exact;
            }

            for (int i = 0; i < UsedCount; i++)
            {
                if (IsSame(Used[i]))
                {
                    return Used[i];
                }
            }

            return None;
        }

        /// <summary>The shape of the prefix that covers a filter of the shape taken last.</summary>
        public int Cover()
        {
            return FirstPrefix + _prefix;
        }

        /// <summary>Whether a shape is the one taken last, not just one that covers it.</summary>
        public bool IsOwn(int shape)
        {
            return shape == Exact || IsSame(shape);
        }

        /// <summary>Where a new filter of the shape taken last goes.</summary>
        public int Place()
        {
            int shape = Find();
            if (shape != None || _isTooDeep)
            {
                return shape == None ? Cover() : shape;
            }

            if (_plusEnd == 0 && _depth <= LongestPrefix)
            {
                return Cover();
            }

            for (int free = FirstFree; free < Used.Length; free++)
            {
                int record = free * Stride;
                if (Records[record + Users] == 0)
                {
                    Records[record + Depth] = _depth;
                    Records[record + MostLevels] = _most;
                    Records[record + Plus] = _plus;
                    Records[record + PlusEnd] = _plusEnd;
                    return free;
                }
            }

            return Cover();
        }

        /// <summary>Notes that one filter more has a shape.</summary>
        public void Add(int shape)
        {
            if (Records[shape * Stride + Users]++ == 0)
            {
                Used[UsedCount++] = shape;
            }
        }

        /// <summary>Notes that one filter less has a shape.</summary>
        public void Remove(int shape)
        {
            if (--Records[shape * Stride + Users] == 0)
            {
                int at = 0;
                while (Used[at] != shape)
                {
                    at++;
                }

                Used[at] = Used[--UsedCount];
            }
        }

        /// <summary>
        /// The key of a filter, or of a name looked for: from the levels that the shape fixes.
        /// </summary>
        /// <param name="shape">A shape that the levels fit.</param>
        /// <param name="levels">The filter or name, cut.</param>
        public int KeyOf(int shape, TopicLevels levels)
        {
            int[] sum = levels.Sum;
            if (shape == Exact)
            {
                return sum[levels.Count];
            }

            int[] records = Records;
            int record = shape * Stride;
            int key = sum[records[record + Depth]] + shape;
            int plus = records[record + Plus];
            for (int level = 0; level < records[record + PlusEnd]; level++)
            {
                if (((plus >> level) & 1) != 0)
                {
                    key -= sum[level + 1] - sum[level];
                }
            }

            return key;
        }

        private bool IsSame(int shape)
        {
            int record = shape * Stride;
            return shape != Exact && !_isTooDeep && Records[record + Depth] == _depth
                && Records[record + MostLevels] == _most && Records[record + Plus] == _plus;
        }
    }
}
