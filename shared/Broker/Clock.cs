namespace EdgeBroker.Broker
{
    /// <summary>The time that the host told last, and when the broker has to look again.</summary>
    public sealed class Clock
    {
        /// <summary>Milliseconds of the host's clock.</summary>
        public long NowMs;

        /// <summary>The earliest deadline that was armed, or long.MaxValue.</summary>
        public long NextMs = long.MaxValue;

        /// <summary>The host has told the time.</summary>
        /// <exception cref="System.ArgumentException">It has gone back.</exception>
        public void Advance(long nowMs)
        {
            if (nowMs < NowMs)
            {
                Misuse.OfTime(nowMs, NowMs);
            }

            NowMs = nowMs;
        }

        /// <summary>
        /// The time as tables keep it, in half the memory: its low 32 bits. It tells times apart
        /// that are less than 49 days old.
        /// </summary>
        public int Stamp()
        {
            return (int)NowMs;
        }

        /// <summary>When a time that began at a stamp ends.</summary>
        public long EndOf(int stamp, int lengthMs)
        {
            return NowMs - (uint)((int)NowMs - stamp) + lengthMs;
        }

        /// <summary>The earlier one of two times.</summary>
        public static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }

        /// <summary>Asks to be looked after at some time, or earlier.</summary>
        public void Arm(long deadlineMs)
        {
            if (deadlineMs < NextMs)
            {
                NextMs = deadlineMs;
            }
        }
    }
}
