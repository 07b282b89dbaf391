using EdgeBroker.Firmware.Pc;

namespace System.Net.NetworkInformation
{
    /// <summary>The device's class of this name; Radio raises its events.</summary>
    internal static class NetworkChange
    {
        /// <summary>An address changed.</summary>
        public static event NetworkAddressChangedEventHandler NetworkAddressChanged
        {
            add { Radio.Current.AddressChanged += value; }
            remove { Radio.Current.AddressChanged -= value; }
        }

        /// <summary>The link came or went.</summary>
        public static event NetworkAvailabilityChangedEventHandler NetworkAvailabilityChanged
        {
            add { Radio.Current.AvailabilityChanged += value; }
            remove { Radio.Current.AvailabilityChanged -= value; }
        }

        internal static void Raise(Radio radio, int index, bool isAvailable)
        {
            object sender = (ushort)index;
            radio.AvailabilityChanged?.Invoke(
                sender, new NetworkAvailabilityEventArgs(isAvailable));
            radio.AddressChanged?.Invoke(sender, EventArgs.Empty);
        }
    }
}
