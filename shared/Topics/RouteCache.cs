using System;
using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// Remembers to whom recent Topic Names lead, so that a repeated name costs one comparison
    /// instead of validation, hashing and matching. Emptied whenever the subscriptions change.
    /// </summary>
    public sealed class RouteCache
    {
        /// <summary>Find returned no route; the reason stands in Error.</summary>
        public const int None = -1;

        private const int Ways = 4;

        /// <summary>Why Find returned None: a Reason Code.</summary>
        public byte Error;

        /// <summary>Where the subscribers of each route begin in Subscribers and Options.</summary>
        public readonly int[] First;

        /// <summary>How many subscribers each route has.</summary>
        public readonly int[] Count;

        /// <summary>Subscribers of all routes.</summary>
        public readonly int[] Subscribers;

        /// <summary>Options of those subscribers, see SubscriptionOptions.</summary>
        public readonly byte[] Options;

        private readonly SubscriptionTable _subscriptions;
        private readonly int _maxLevels;
        private readonly int _seed;
        private readonly int _textSize;
        private readonly int _setMask;
        private readonly int _uncached;
        private readonly long[] _words;
        private readonly int _wordsPerText;
        private readonly int[] _textLength;
        private readonly int[] _hash;
        private readonly int[] _epochOf;
        private int _epoch;
        private int _generation;
        private int _used;
        private int _victim;

        /// <param name="subscriptions">Where routes come from.</param>
        /// <param name="entries">Topic Names remembered; rounded up to a power of two.</param>
        /// <param name="textSize">Longest Topic Name remembered, in bytes.</param>
        /// <param name="results">
        /// Subscribers remembered in all; at least the number of subscribers there can be.
        /// </param>
        /// <param name="maxLevels">Most Topic Levels allowed in a name.</param>
        /// <param name="seed">Start of the hashes; unknown to clients.</param>
        public RouteCache(SubscriptionTable subscriptions, int entries, int textSize, int results,
            int maxLevels, int seed)
        {
            int size = Ways;
            while (size < entries)
            {
                size <<= 1;
            }

            _subscriptions = subscriptions;
            _maxLevels = maxLevels;
            _seed = seed;
            _textSize = textSize;
            _setMask = size - Ways;
            _uncached = size;
            _wordsPerText = (textSize + 7) / 8;
            _words = new long[size * _wordsPerText];
            _textLength = new int[size];
            _hash = new int[size];
            _epochOf = new int[size];
            First = new int[size + 1];
            Count = new int[size + 1];
            Subscribers = new int[results];
            Options = new byte[results];
            _epoch = 1;
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
            if (_generation != _subscriptions.Generation)
            {
                _generation = _subscriptions.Generation;
                Empty();
            }

            if (hint >= 0 && hint != _uncached && _epochOf[hint] == _epoch
                && _textLength[hint] == length && IsText(hint, buffer, offset, length))
            {
                return hint;
            }

            if (length > _textSize)
            {
                return Fill(_uncached, buffer, offset, length);
            }

            int hash = Hashing.Of(buffer, offset, length, _seed);
            int entry = (hash ^ (hash >> 15)) & _setMask;
            int free = None;
            for (int last = entry + Ways; entry < last; entry++)
            {
                if (_epochOf[entry] != _epoch)
                {
                    free = entry;
                }
                else if (_hash[entry] == hash && _textLength[entry] == length
                    && IsText(entry, buffer, offset, length))
                {
                    return entry;
                }
            }

            if (free == None)
            {
                _victim = (_victim + 1) & (Ways - 1);
                free = entry - Ways + _victim;
            }

            return Remember(free, hash, buffer, offset, length);
        }

        private int Remember(int entry, int hash, byte[] buffer, int offset, int length)
        {
            _epochOf[entry] = 0;
            if (Fill(entry, buffer, offset, length) == None)
            {
                return None;
            }

            int word = entry * _wordsPerText;
            for (int done = 0; done < length; done += 8)
            {
                _words[word++] = WordAt(buffer, offset + done, length - done);
            }

            _textLength[entry] = length;
            _hash[entry] = hash;
            _epochOf[entry] = _epoch;
            return entry;
        }

        private int Fill(int entry, byte[] buffer, int offset, int length)
        {
            Error = TopicName.Check(buffer, offset, length, _maxLevels);
            if (Error != ReasonCode.Success)
            {
                return None;
            }

            int count = _subscriptions.Match(buffer, offset, length, Subscribers, Options, _used);
            if (count == SubscriptionTable.Full)
            {
                // The results have run over: begin anew, in an empty array every route fits.
                Empty();
                count = _subscriptions.Match(buffer, offset, length, Subscribers, Options, 0);
            }

            First[entry] = _used;
            Count[entry] = count;
            if (entry != _uncached)
            {
                _used += count;
            }

            return entry;
        }

        private void Empty()
        {
            _epoch++;
            _used = 0;
        }

        private bool IsText(int entry, byte[] buffer, int offset, int length)
        {
            // Eight bytes at a time: on a device a step of a loop costs as much as a native call.
            long[] words = _words;
            int word = entry * _wordsPerText;
            int end = offset + length;
            while (end - offset >= 8)
            {
                if (words[word++] != BitConverter.ToInt64(buffer, offset))
                {
                    return false;
                }

                offset += 8;
            }

            return end == offset || words[word] == WordAt(buffer, offset, end - offset);
        }

        /// <summary>Up to eight bytes as a number, the first one lowest, rest zero.</summary>
        private static long WordAt(byte[] buffer, int offset, int count)
        {
            if (count >= 8)
            {
                return BitConverter.ToInt64(buffer, offset);
            }

            long word = 0;
            for (int at = offset + count - 1; at >= offset; at--)
            {
                word = (word << 8) | buffer[at];
            }

            return word;
        }
    }
}
