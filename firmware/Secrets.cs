using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// What nobody is to foresee. The runtime's numbers come from its clock, so it is not much of
    /// a secret; at least nothing that is sent out tells of HashSeed.
    /// </summary>
    internal static class Secrets
    {
        /// <summary>Chooses the seed and the key for this start.</summary>
        public static void Choose(BrokerSettings settings)
        {
            var random = new Random();
            settings.HashSeed = (int)DateTime.UtcNow.Ticks ^ (int)Environment.TickCount64;
            settings.ClientIdKey0 = Key(random);
            settings.ClientIdKey1 = Key(random);
        }

        private static long Key(Random random)
        {
            return ((long)random.Next() << 32) ^ random.Next();
        }
    }
}
