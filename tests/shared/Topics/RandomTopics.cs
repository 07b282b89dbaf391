namespace EdgeBroker.Tests
{
    /// <summary>
    /// Names and filters of few short levels, so that they often have to do with one another.
    /// </summary>
    public static class RandomTopics
    {
        private static readonly string[] _nameLevels = { "a", "b", "", "$", "aaaaa" };

        private static readonly string[] _filterLevels =
        {
            "a", "b", "", "$", "aaaaa", "+", "+", "+",
        };

        /// <summary>A valid Topic Name of one to five levels.</summary>
        public static byte[] Name(Lcg random)
        {
            string text;
            do
            {
                text = Join(random, _nameLevels);
            }
            while (text.Length == 0);

            return Text.Bytes(text);
        }

        /// <summary>A valid Topic Filter of one to six levels.</summary>
        public static byte[] Filter(Lcg random)
        {
            string text;
            do
            {
                text = Join(random, _filterLevels);
                if (random.Below(3) == 0)
                {
                    text = random.Below(8) == 0 ? "#" : text + "/#";
                }
            }
            while (text.Length == 0);

            return Text.Bytes(text);
        }

        private static string Join(Lcg random, string[] levels)
        {
            string text = levels[random.Below(levels.Length)];
            int more = random.Below(5);
            while (more-- > 0)
            {
                text += "/" + levels[random.Below(levels.Length)];
            }

            return text;
        }
    }
}
