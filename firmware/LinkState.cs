namespace EdgeBroker.Firmware
{
    /// <summary>Where the network stands; NetworkLink says what leads where.</summary>
    public enum LinkState
    {
        /// <summary>Nothing was tried yet.</summary>
        Off,

        /// <summary>The station asks the access point to let it in.</summary>
        Connecting,

        /// <summary>It is in and waits for an address.</summary>
        Addressing,

        /// <summary>An attempt failed or the link was lost; the next has its time.</summary>
        BackingOff,

        /// <summary>The station has an address: clients can come.</summary>
        Up,

        /// <summary>The own access point is open: clients and the set-up page can come.</summary>
        AccessPoint,

        /// <summary>The configuration block was changed; only a reboot makes it hold.</summary>
        RebootNeeded,
    }
}
