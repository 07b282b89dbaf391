using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Tests
{
    /// <summary>
    /// A subscription table, a retained table and a route cache over one text pool.
    /// </summary>
    public sealed class Tables
    {
        /// <summary>Most levels of names and filters.</summary>
        public const int MaxLevels = 6;

        /// <summary>Start of the hashes.</summary>
        public const int Seed = 12345;

        /// <summary>Keeps the levels of both tables.</summary>
        public readonly BlockPool Texts;

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
        /// <param name="subscriptionNodes">Most levels of filters.</param>
        /// <param name="retainedNodes">Most levels of retained names.</param>
        /// <param name="texts">Blocks of text, of four bytes each.</param>
        public Tables(int subscriptions, int subscribers, int subscriptionNodes,
            int retainedNodes, int texts)
        {
            Texts = new BlockPool(4, texts);
            Subscriptions = new SubscriptionTable(subscriptions, subscribers, subscriptionNodes,
                new TopicLevels(MaxLevels, Seed), Texts);
            Retained = new RetainedTable(subscriptions, retainedNodes,
                new TopicLevels(MaxLevels, Seed), Texts);
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
    }
}
