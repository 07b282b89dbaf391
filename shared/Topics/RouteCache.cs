using System;
using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Remembers to whom recent Topic Names lead, so that a repeated name costs one comparison
    /// instead of validation, hashing and matching. Emptied whenever the subscriptions change.
    /// </summary>
    public sealed partial class RouteCache
    {
        /// <summary>Find returned no route; the reason stands in Error.</summary>
        public const int None = -1;

        private const long Mixer = -7046029254386353131;

        /// <summary>Why Find returned None: a Reason Code.</summary>
        public byte Error;

        /// <summary>Matches made so far: names that were not remembered.</summary>
        public int Matches;

        /// <summary>Where the subscribers of each route begin in Subscribers and Options.</summary>
        public readonly int[] First;

        /// <summary>How many subscribers each route has.</summary>
        public readonly int[] Count;

        /// <summary>Subscribers of all routes.</summary>
        public readonly int[] Subscribers;

        /// <summary>Options of those subscribers, see SubscriptionOptions.</summary>
        public readonly byte[] Options;

        private readonly SubscriptionTable _subscriptions;
        private readonly TopicLevels _levels;
        private readonly int _maxLevels;
        private readonly int _textSize;
        private readonly int _results;
        private readonly int _uncached;
        private readonly long[] _words;
        private readonly int _wordsPerText;
        private readonly int[] _textLength;
        private int _generation;

        /// <param name="subscriptions">Where routes come from.</param>
        /// <param name="entries">Topic Names remembered; rounded up to a power of two.</param>
        /// <param name="textSize">Longest Topic Name remembered, in bytes.</param>
        /// <param name="results">Subscribers remembered for all of them together.</param>
        public RouteCache(SubscriptionTable subscriptions, int entries, int textSize, int results)
        {
            int size = Hashing.Buckets(entries);
            _subscriptions = subscriptions;
            _levels = subscriptions.Levels;
            _maxLevels = _levels.Start.Length - 1;
            _textSize = textSize;
            _results = results;
            _mask = size - 1;
            _uncached = size;
            _wordsPerText = (textSize + 7) / 8;
            _words = new long[size * _wordsPerText];
            _links = new int[(size + 1) * LinkStride];
            _bucket = new int[size];
            _textLength = new int[size + 1];
            First = new int[size + 1];
            Count = new int[size + 1];

            // Behind those remembered, the subscribers of the last match.
            Subscribers = new int[results + subscriptions.MaxSubscribers];
            Options = new byte[results + subscriptions.MaxSubscribers];
            if (subscriptions.Numbers != null)
            {
                subscriptions.Numbers.Found = new int[Subscribers.Length];
            }

            First[_uncached] = results;
            _textLength[_uncached] = None;
        }

        /// <summary>Finds the route of a Topic Name, checking the name when it is new.</summary>
        /// <param name="buffer">Where the Topic Name stands.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="hint">The route that the same publisher used last, or None.</param>
        /// <returns>
        /// An index into First and Count, good until the next call; None for an invalid name.
        /// </returns>
        public int Find(byte[] buffer, int offset, int length, int hint)
        {
            int route = Recall(buffer, offset, length, hint);
            if (route != None)
            {
                return route;
            }

            route = FindOrMatch(buffer, offset, length);
            if (hint >= 0 && route != None)
            {
                _links[hint * LinkStride + Following] = route;
            }

            return route;
        }

        /// <summary>
        /// The route of a Topic Name if it is the one that the same publisher used last, or the
        /// one that followed it last time; None if not. Takes what Find takes.
        /// </summary>
        public int Recall(byte[] buffer, int offset, int length, int hint)
        {
            if (_generation != _subscriptions.Generation)
            {
                _generation = _subscriptions.Generation;
                Empty();
            }

            if (hint < 0)
            {
                return None;
            }

            if (_textLength[hint] == length && ((hint - _oldest) & _mask) < _live
                && IsText(hint, buffer, offset, length))
            {
                return hint;
            }

            hint = _links[hint * LinkStride + Following];
            return _textLength[hint] == length && ((hint - _oldest) & _mask) < _live
                && IsText(hint, buffer, offset, length)
                ? hint
                : None;
        }

        private int FindOrMatch(byte[] buffer, int offset, int length)
        {
            int hash = 0;
            if (length <= _textSize)
            {
                hash = HashOf(buffer, offset, length);
                int entry = Find(hash, buffer, offset, length);
                if (entry != None)
                {
                    return entry;
                }
            }

            _levels.Split(buffer, offset, length);
            Error = TopicName.Check(buffer, offset, length, _maxLevels);
            if (Error != ReasonCode.Success)
            {
                return None;
            }

            Matches++;
            int count = _subscriptions.MatchCut(
                buffer, offset, length, Subscribers, Options, _results);
            Count[_uncached] = count;
            return length <= _textSize && IsWhole() && IsWorthIt(hash, count)
                ? Remember(hash, buffer, offset, length, count)
                : _uncached;
        }

        // Several identifiers of one subscriber stand in the last match only.
        private bool IsWhole()
        {
            return _subscriptions.Numbers == null || _subscriptions.Numbers.Further == 0;
        }

        /// <summary>
        /// The hash that a Topic Name is remembered by. Eight bytes at a time; the last eight
        /// overlap with those before.
        /// </summary>
        public int HashOf(byte[] buffer, int offset, int length)
        {
            long hash = _levels.Seed + length;
            int last = offset + length - 8;
            for (int at = offset; at < last; at += 8)
            {
                hash = (hash ^ BitConverter.ToInt64(buffer, at)) * Mixer;
                hash ^= hash >> 29;
            }

            hash = (hash ^ LastWord(buffer, offset, length)) * Mixer;
            return (int)(hash >> 32);
        }

        private int Remember(int hash, byte[] buffer, int offset, int length, int count)
        {
            int entry = Append(hash, count);
            int word = entry * _wordsPerText;
            int end = offset + length;
            int at = offset;
            while (end - at >= 8)
            {
                _words[word++] = BitConverter.ToInt64(buffer, at);
                at += 8;
            }

            if (at < end)
            {
                _words[word] = LastWord(buffer, offset, length);
            }

            _textLength[entry] = length;
            Array.Copy(Subscribers, _results, Subscribers, First[entry], count);
            Array.Copy(Options, _results, Options, First[entry], count);
            int[] found = _subscriptions.Numbers?.Found;
            if (found != null)
            {
                Array.Copy(found, _results, found, First[entry], count);
            }

            return entry;
        }

        private bool IsText(int entry, byte[] buffer, int offset, int length)
        {
            // Eight bytes at a time: on a device a step of a loop costs as much as a native call.
            long[] words = _words;
            int word = entry * _wordsPerText;
            int end = offset + length;
            int at = offset;
            while (end - at >= 8)
            {
                if (words[word++] != BitConverter.ToInt64(buffer, at))
                {
                    return false;
                }

                at += 8;
            }

            return at == end || (length >= 8
                ? words[word] == BitConverter.ToInt64(buffer, end - 8)
                : words[word] == LastWord(buffer, offset, length));
        }

        /// <summary>
        /// The last eight bytes of a text, which overlap with those before; a shorter one whole,
        /// the first byte lowest.
        /// </summary>
        private static long LastWord(byte[] buffer, int offset, int length)
        {
            if (length >= 8)
            {
                return BitConverter.ToInt64(buffer, offset + length - 8);
            }

            long word = 0;
            for (int at = offset + length - 1; at >= offset; at--)
            {
                word = (word << 8) | buffer[at];
            }

            return word;
        }
    }
}
