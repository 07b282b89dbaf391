namespace EdgeBroker.Topics
{
    /// <summary>
    /// The Subscription Identifiers of a table of subscriptions, and those that a match finds.
    /// </summary>
    public sealed class SubscriptionNumbers
    {
        /// <summary>The identifier of each subscription; 0 for none.</summary>
        public readonly int[] Of;

        /// <summary>
        /// What the last match found beside the options, and what routes keep of it: 0, an
        /// identifier, or below 0 the first of several, see Next.
        /// </summary>
        public int[] Found;

        /// <summary>Further identifiers of the last match; if any, it cannot be kept.</summary>
        public int Further;

        private readonly int[] _further;
        private readonly int[] _following;

        /// <param name="subscriptions">Subscriptions are numbered below this.</param>
        public SubscriptionNumbers(int subscriptions)
        {
            Of = new int[subscriptions];
            _further = new int[subscriptions];
            _following = new int[subscriptions];
        }

        /// <summary>Notes one more identifier of a result.</summary>
        /// <param name="at">The result.</param>
        /// <param name="identifier">0 for none.</param>
        public void Join(int at, int identifier)
        {
            if (Found[at] == 0 || identifier == 0)
            {
                Found[at] += identifier;
                return;
            }

            _further[Further] = identifier;
            _following[Further] = Found[at];
            Found[at] = ~Further++;
        }

        /// <summary>Reads one of the identifiers of a result of the last match.</summary>
        /// <param name="found">What the match found, then what this left; 0 at the end.</param>
        public int Next(ref int found)
        {
            int at = ~found;
            int identifier = found < 0 ? _further[at] : found;
            found = found < 0 ? _following[at] : 0;
            return identifier;
        }
    }
}
