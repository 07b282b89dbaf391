namespace System.Device.Wifi
{
    /// <summary>How an attempt to join ended, as on the device.</summary>
    internal enum WifiConnectionStatus
    {
        /// <summary>The password is wrong.</summary>
        InvalidCredential = 1,

        /// <summary>The network is not in reach.</summary>
        NetworkNotAvailable = 2,

        /// <summary>It is joined.</summary>
        Success = 3,

        /// <summary>It did not answer.</summary>
        Timeout = 4,

        /// <summary>Something else.</summary>
        UnspecifiedFailure = 5,
    }
}
