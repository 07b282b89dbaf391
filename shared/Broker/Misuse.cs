using System;

namespace EdgeBroker.Broker
{
    /// <summary>What a host's programmer did wrong. It is the only place that throws.</summary>
    internal static class Misuse
    {
        /// <summary>A verb names a slot that is not in use.</summary>
        /// <exception cref="ArgumentException">Always.</exception>
        public static void OfSlot(int slot)
        {
            throw new ArgumentException("slot " + slot.ToString() + " is not in use");
        }

        /// <summary>A verb is told a time before that of an earlier verb.</summary>
        /// <exception cref="ArgumentException">Always.</exception>
        public static void OfTime(long nowMs, long earlierMs)
        {
            throw new ArgumentException("the clock went back from " + earlierMs.ToString()
                + " to " + nowMs.ToString() + " ms");
        }

        /// <summary>Receive gets more than ReceiveWindow allows.</summary>
        /// <exception cref="ArgumentException">Always.</exception>
        public static void OfWindow(int count, int window)
        {
            throw new ArgumentException(count.ToString() + " bytes are not within the window of "
                + window.ToString());
        }

        /// <summary>Transmit gets less room than the smallest packet may need.</summary>
        /// <exception cref="ArgumentException">Always.</exception>
        public static void OfCapacity(int capacity)
        {
            throw new ArgumentException(
                "Transmit needs 64 bytes of room, not " + capacity.ToString());
        }
    }
}
