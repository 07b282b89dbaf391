using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// A subscription table over a text pool, and a retained table over messages that consist of
    /// their names.
    /// </summary>
    public sealed class Tables
    {
        /// <summary>Most levels of names and filters.</summary>
        public const int MaxLevels = 6;

        /// <summary>Start of the hashes.</summary>
        public const int Seed = 12345;

        /// <summary>Keeps the filters.</summary>
        public readonly BlockPool Texts;

        /// <summary>Keeps the retained messages.</summary>
        public readonly BlockPool Messages;

        /// <summary>Who subscribed to what.</summary>
        public readonly SubscriptionTable Subscriptions;

        /// <summary>What is retained.</summary>
        public readonly RetainedTable Retained;

        /// <summary>Subscribers of the last match.</summary>
        public readonly int[] Found;

        /// <summary>Their options.</summary>
        public readonly byte[] Options;

        /// <param name="subscriptions">Most subscriptions, and most retained messages.</param>
        /// <param name="subscribers">Subscribers are numbered below this.</param>
        /// <param name="shapes">Most shapes of filters.</param>
        /// <param name="texts">Blocks of text, of four bytes each.</param>
        public Tables(int subscriptions, int subscribers, int shapes, int texts)
            : this(subscriptions, subscribers, shapes, 4, texts, Seed)
        {
        }

        /// <param name="subscriptions">Most subscriptions, and most retained messages.</param>
        /// <param name="subscribers">Subscribers are numbered below this.</param>
        /// <param name="shapes">Most shapes of filters.</param>
        /// <param name="textSize">Bytes of a block of text.</param>
        /// <param name="texts">Blocks of text.</param>
        /// <param name="seed">Start of the hashes.</param>
        public Tables(int subscriptions, int subscribers, int shapes, int textSize, int texts,
            int seed)
        {
            // Blocks of 5 bytes, so that names are cut everywhere.
            Texts = new BlockPool(textSize, texts);
            Messages = new BlockPool(5, subscriptions * 12);
            Subscriptions = new SubscriptionTable(subscriptions, subscribers, subscribers, shapes,
                new TopicLevels(MaxLevels, seed), Texts);
            Retained = new RetainedTable(subscriptions, new TopicLevels(MaxLevels, seed), Messages);
            Found = new int[subscribers];
            Options = new byte[subscribers];
        }

        /// <summary>Matches a name; the result stands in Found and Options.</summary>
        public int Match(byte[] name)
        {
            return Subscriptions.Match(name, 0, name.Length, Found, Options, 0);
        }

        /// <summary>Where a subscriber stands in the result, or -1.</summary>
        public int IndexOf(int subscriber, int count)
        {
            int index = -1;
            for (int i = 0; i < count; i++)
            {
                if (Found[i] == subscriber)
                {
                    index = index < 0 ? i : -2;
                }
            }

            return index;
        }

        /// <summary>Subscribes to a filter of ASCII.</summary>
        public int Subscribe(int subscriber, string filter, int options)
        {
            byte[] f = Text.Bytes(filter);
            return Subscriptions.Subscribe(subscriber, f, 0, f.Length, (byte)options);
        }

        /// <summary>Ends a subscription to a filter of ASCII.</summary>
        public bool Unsubscribe(int subscriber, string filter)
        {
            byte[] f = Text.Bytes(filter);
            return Subscriptions.Unsubscribe(subscriber, f, 0, f.Length);
        }

        /// <summary>Retains a new message of a name; an older one's blocks are freed.</summary>
        /// <returns>The message, or None when it was refused.</returns>
        public int Retain(byte[] name)
        {
            byte[] length = { (byte)(name.Length >> 8), (byte)name.Length };
            int message = Messages.Begin(2 + name.Length);
            if (message == BlockPool.None)
            {
                return RetainedTable.None;
            }

            Messages.Append(length, 0, 2);
            Messages.Append(name, 0, name.Length);
            int older = Retained.Get(name, 0, name.Length);
            if (!Retained.Put(name, 0, name.Length, message))
            {
                Messages.Free(message);
                return RetainedTable.None;
            }

            Messages.Free(older);
            return message;
        }

        /// <summary>Forgets the message of a name and gives its blocks back.</summary>
        public bool Forget(byte[] name)
        {
            int message = Retained.Get(name, 0, name.Length);
            bool wasThere = Retained.Remove(name, 0, name.Length);
            Messages.Free(message);
            return wasThere;
        }

        /// <summary>One scan over retained names, begun anew.</summary>
        public static int Scan(RetainedTable table, byte[] filter, int from, int steps)
        {
            table.BeginScan(filter, 0, filter.Length);
            return table.Scan(from, steps);
        }
    }
}
