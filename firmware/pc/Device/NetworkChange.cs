namespace System.Net.NetworkInformation
{
    /// <summary>The device's class of this name; Radio raises its events.</summary>
    internal static class NetworkChange
    {
        /// <summary>An address changed.</summary>
        public static event NetworkAddressChangedEventHandler NetworkAddressChanged;

        /// <summary>The link came or went.</summary>
        public static event NetworkAvailabilityChangedEventHandler NetworkAvailabilityChanged;

        internal static void Raise(bool isAvailable)
        {
            NetworkAvailabilityChangedEventHandler availability = NetworkAvailabilityChanged;
            if (availability != null)
            {
                availability(null, new NetworkAvailabilityEventArgs(isAvailable));
            }

            NetworkAddressChangedEventHandler address = NetworkAddressChanged;
            if (address != null)
            {
                address(null, EventArgs.Empty);
            }
        }
    }
}
