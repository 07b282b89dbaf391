namespace EdgeBroker.Firmware
{
    /// <summary>What the status LED tells.</summary>
    public enum LedState
    {
        /// <summary>The program cannot start: three flashes and a gap.</summary>
        BootError,

        /// <summary>Looking for the network: fast, regular flashes.</summary>
        Connecting,

        /// <summary>The own access point is open for set-up: two flashes and a gap.</summary>
        AccessPoint,

        /// <summary>Safe mode, whatever else it does: four flashes and a gap.</summary>
        SafeMode,

        /// <summary>Serving, nobody connected: one short flash every two seconds.</summary>
        Serving,

        /// <summary>Serving clients: on, with one short gap every two seconds.</summary>
        Clients,
    }
}
