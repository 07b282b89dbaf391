namespace EdgeBroker.Broker
{
    /// <summary>The time that the host told last, and when the broker has to look again.</summary>
    public sealed class Clock
    {
        /// <summary>Milliseconds of the host's clock.</summary>
        public long NowMs;

        /// <summary>The earliest deadline that was armed; long.MaxValue when there is none.</summary>
        public long NextMs = long.MaxValue;

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
