namespace EdgeBroker.Memory
{
    /// <summary>
    /// Half of a table is kept for those who hold less than an even share of it, so that a few
    /// holders never take everything, while one alone still gets about half or more. What is free
    /// always covers what all holders together may claim.
    /// </summary>
    public sealed class FairShare
    {
        /// <summary>What each holder can always have: half of an even share, maybe 0.</summary>
        public readonly int Guarantee;

        /// <summary>What each holder has.</summary>
        public readonly int[] Held;

        /// <summary>What nobody has.</summary>
        public int Free;

        /// <summary>What the holders lack in all to have what is guaranteed.</summary>
        public int Unclaimed;

        /// <param name="total">What there is to share, 0 or more.</param>
        /// <param name="holders">Holders there can be at once, 1 or more.</param>
        /// <param name="places">Numbers that holders have, from 0; as many or more.</param>
        public FairShare(int total, int holders, int places)
        {
            Guarantee = total / 2 / holders;
            Held = new int[places];
            Free = total;
            Unclaimed = Guarantee * holders;
        }

        /// <summary>Whether a holder may have some more.</summary>
        /// <param name="holder">Who asks.</param>
        /// <param name="amount">How much, 1 or more.</param>
        public bool MayTake(int holder, int amount)
        {
            int lack = Guarantee - Held[holder];
            if (amount <= lack)
            {
                return true;
            }

            return Free - amount >= (lack > 0 ? Unclaimed - lack : Unclaimed);
        }

        /// <summary>Gives a holder what it may take.</summary>
        public void Take(int holder, int amount)
        {
            Move(holder, amount);
        }

        /// <summary>Takes back what a holder has.</summary>
        public void Return(int holder, int amount)
        {
            Move(holder, -amount);
        }

        private void Move(int holder, int amount)
        {
            int held = Held[holder];
            int before = Guarantee - held;
            int after = before - amount;
            Unclaimed += (after > 0 ? after : 0) - (before > 0 ? before : 0);
            Held[holder] = held + amount;
            Free -= amount;
        }
    }
}
