namespace System.Net.NetworkInformation
{
    /// <summary>How a network is enciphered, as on the device.</summary>
    internal enum EncryptionType
    {
        /// <summary>Not at all.</summary>
        None = 0,

        /// <summary>WPA2.</summary>
        WPA2 = 3,
    }
}
