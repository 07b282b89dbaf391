namespace System.Net.NetworkInformation
{
    /// <summary>The kind of an interface, as on the device.</summary>
    internal enum NetworkInterfaceType
    {
        /// <summary>None of the others.</summary>
        Unknown = 1,

        /// <summary>A wire.</summary>
        Ethernet = 6,

        /// <summary>The station of Wi-Fi.</summary>
        Wireless80211 = 71,

        /// <summary>The access point of Wi-Fi.</summary>
        WirelessAP = 72,
    }
}
