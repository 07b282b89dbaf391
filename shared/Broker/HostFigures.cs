namespace EdgeBroker.Broker
{
    /// <summary>What the host adds under $SYS/broker/: heap, loop time, Wi-Fi, reboots.</summary>
    public abstract class HostFigures
    {
        /// <summary>How many figures there are; does not change.</summary>
        public abstract int Count();

        /// <summary>The name of a figure, without the prefix, up to 100 ASCII letters.</summary>
        public abstract string NameOf(int index);

        /// <summary>A figure, 0 or more.</summary>
        public abstract long ValueOf(int index);

        /// <summary>The text of a figure that is no number, up to 100 letters, or null.</summary>
        public abstract string TextOf(int index);
    }
}
