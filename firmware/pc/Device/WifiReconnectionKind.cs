namespace System.Device.Wifi
{
    /// <summary>Who joins again after a loss, as on the device.</summary>
    internal enum WifiReconnectionKind
    {
        /// <summary>The runtime.</summary>
        Automatic = 0,

        /// <summary>The program.</summary>
        Manual = 1,
    }
}
