namespace System.Net.NetworkInformation
{
    /// <summary>How a station shows that it may join, as on the device.</summary>
    internal enum AuthenticationType
    {
        /// <summary>Not stated.</summary>
        None = 0,

        /// <summary>Anybody may.</summary>
        Open = 4,

        /// <summary>WPA2.</summary>
        WPA2 = 8,
    }
}
