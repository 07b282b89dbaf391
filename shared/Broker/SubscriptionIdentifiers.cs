using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// The Subscription Identifiers that go out with a message (section 3.3.2.3.8). A packet that
    /// waits has a tag: 0 for none, an identifier, or below 0 the stored bytes of several.
    /// </summary>
    public sealed class SubscriptionIdentifiers
    {
        /// <summary>There is no memory for several identifiers.</summary>
        public const int NoRoom = int.MinValue;

        private const int MaxSize = 5;

        private readonly BrokerParts _parts;
        private readonly byte[] _text = new byte[MaxSize];

        /// <param name="parts">What the parts of the broker share.</param>
        public SubscriptionIdentifiers(BrokerParts parts)
        {
            _parts = parts;
        }

        /// <summary>The tag of a message for a session.</summary>
        /// <param name="found">What the match has just found, see SubscriptionNumbers.</param>
        /// <returns>The tag, with a reference that is the caller's; or NoRoom.</returns>
        public int TagOf(int found)
        {
            if (found >= 0)
            {
                return found;
            }

            // In a message of its own: what matches may be another thing when the packet goes
            // out, and it goes out once more after a connection was lost.
            SubscriptionNumbers numbers = _parts.Subscriptions.Numbers;
            int length = 0;
            for (int left = found; left != 0;)
            {
                length += SizeOf(numbers.Next(ref left));
            }

            int stored = _parts.Store.Begin(length, 0, false);
            if (stored == MessageStore.None)
            {
                return NoRoom;
            }

            for (int left = found; left != 0;)
            {
                int size = Write(numbers.Next(ref left), _text);
                _parts.Store.Pool.Append(_text, 0, size);
            }

            return ~stored;
        }

        /// <summary>One more packet has a tag.</summary>
        public void Hold(int tag)
        {
            if (tag < 0)
            {
                _parts.Store.References[~tag]++;
            }
        }

        /// <summary>A packet with a tag has gone.</summary>
        public void Release(int tag)
        {
            if (tag < 0)
            {
                _parts.Store.Release(~tag);
            }
        }

        /// <summary>Bytes of the properties that a tag stands for.</summary>
        public int SizeOf(int tag)
        {
            return tag == 0 ? 0
                : tag < 0 ? _parts.Store.Length[~tag]
                : 1 + FixedHeader.SizeOf(tag);
        }

        /// <summary>Writes the property of one identifier.</summary>
        /// <param name="identifier">1 to 268,435,455.</param>
        /// <param name="target">Takes up to five bytes from its start.</param>
        /// <returns>Bytes written.</returns>
        public static int Write(int identifier, byte[] target)
        {
            target[0] = PropertyId.SubscriptionIdentifier;
            return FixedHeader.WriteRemainingLength(target, 1, identifier);
        }
    }
}
