namespace EdgeBroker.Firmware.Pc
{
    /// <summary>What a listening socket stands on.</summary>
    public abstract class Listener
    {
        /// <summary>Port that is listened on.</summary>
        public int Port;

        /// <summary>Connections that wait to be accepted.</summary>
        public abstract int Pending();

        /// <summary>Takes the one that has waited longest.</summary>
        public abstract Connection Accept();

        /// <summary>Ends it; those that wait are reset.</summary>
        public abstract void Close();
    }
}
