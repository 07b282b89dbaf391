namespace EdgeBroker.Topics
{
    public sealed partial class RetainedTable
    {
        /// <summary>What the comparison of a text costs against a look at a place.</summary>
        private const int StepsPerText = 8;

        private byte[] _filter;
        private int _filterOffset;
        private int _filterLength;
        private int _mask;
        private int _wanted;
        private int _namePlace;

        /// <summary>
        /// Says which names the next scans look for. Nothing may be put, removed or looked up
        /// before they are done; later ones begin anew and go on at the place they had reached.
        /// </summary>
        /// <param name="filter">Where the checked Topic Filter stands and stays.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        public void BeginScan(byte[] filter, int offset, int length)
        {
            _filter = filter;
            _filterOffset = offset;
            _filterLength = length;
            _mask = 0;
            _wanted = 1; // No masked signature is 1: nothing is found.
            _namePlace = None;
            if (!_levels.Split(filter, offset, length))
            {
                return;
            }

            int last = _levels.Count - 1;
            bool isOpen = _levels.Is(filter, last, '#');
            int depth = isOpen ? last : last + 1;
            int mask = isOpen ? 0 : LevelBits << CountShift;
            int signature = depth << CountShift;
            bool isName = !isOpen;
            for (int level = 0; level < depth && (level < SignedLevels || isName); level++)
            {
                if (_levels.Is(filter, level, '+'))
                {
                    isName = false;
                }
                else if (level < SignedLevels)
                {
                    mask |= LevelBits << (8 * level);
                    signature |= PieceOf(level) << (8 * level);
                }
            }

            if (isName)
            {
                // A filter without wildcards has one place, or none.
                int place = Find(filter, offset, length);
                _namePlace = place == None ? int.MaxValue : place;
                return;
            }

            _mask = mask;
            _wanted = signature & mask;
        }

        /// <summary>
        /// Looks for the next message whose name matches. Between two calls the table may change:
        /// a message that stays is found once, whatever comes and goes.
        /// </summary>
        /// <param name="from">
        /// The place to begin at: 0, then one more than the last result, or ~ of a negative one.
        /// </param>
        /// <param name="maxSteps">
        /// How much to do: a place costs one step, the comparison of a text eight more. At least
        /// one place is looked at.
        /// </param>
        /// <returns>
        /// The place found; Positions() when there is none any more; ~ of the place to go on at
        /// when the steps ran out.
        /// </returns>
        public int Scan(int from, int maxSteps)
        {
            int[] signatures = _signature;
            int end = _untouched;
            if (_namePlace != None)
            {
                StepsUsed = 1 + StepsPerText;
                return _namePlace >= from && _namePlace < end ? _namePlace : end;
            }

            int mask = _mask;
            int wanted = _wanted;
            int place = from;
            maxSteps = maxSteps < 1 ? 1 : maxSteps;
            int budget = maxSteps;
            int stop = budget < end - from ? from + budget : end;
            while (place < stop)
            {
                if ((signatures[place] & mask) != wanted)
                {
                    place++;
                    continue;
                }

                // The signature of a message that was removed may still stand there.
                if (_message[place] != 0)
                {
                    budget -= StepsPerText;
                    if (IsMatch(place, _filter, _filterOffset, _filterLength))
                    {
                        StepsUsed = place + 1 - from + maxSteps - budget;
                        return place;
                    }

                    stop = budget < end - from ? from + budget : end;
                }

                place++;
            }

            StepsUsed = place - from + maxSteps - budget;
            return place < end ? ~place : end;
        }
    }
}
