namespace System.Net.NetworkInformation
{
    /// <summary>The device's class of this name; Radio raises its events.</summary>
    internal static class NetworkChange
    {
        /// <summary>An address changed.</summary>
        public static event NetworkAddressChangedEventHandler NetworkAddressChanged;

        /// <summary>The link came or went.</summary>
        public static event NetworkAvailabilityChangedEventHandler NetworkAvailabilityChanged;

        internal static void Raise(int index, bool isAvailable)
        {
            object sender = (ushort)index;
            NetworkAvailabilityChangedEventHandler availability = NetworkAvailabilityChanged;
            if (availability != null)
            {
                availability(sender, new NetworkAvailabilityEventArgs(isAvailable));
            }

            NetworkAddressChangedEventHandler address = NetworkAddressChanged;
            if (address != null)
            {
                address(sender, EventArgs.Empty);
            }
        }
    }
}
