using System;
using System.Net.NetworkInformation;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// The device's own network, for set-up and for clients where there is no other. It is open
    /// unless the configuration block holds a password for it. The runtime opens it at boot only:
    /// a change of the block needs a reboot.
    /// </summary>
    public static class AccessPoint
    {
        /// <summary>Address of the device in its own network.</summary>
        public const string Address = "192.168.4.1";

        /// <summary>Stations that it takes; the block's default is 1.</summary>
        public const byte MaxStations = 8;

        private const string Mask = "255.255.255.0";
        private const string Hex = "0123456789ABCDEF";
        private const string NamePrefix = "EdgeBroker-";

        /// <summary>Makes the block say that the network opens at boot.</summary>
        /// <returns>Whether it is open now; if not, the device has to be rebooted.</returns>
        public static bool Open()
        {
            NetworkInterface point = StationAddress.Find(NetworkInterfaceType.WirelessAP);
            if (point == null)
            {
                Console.WriteLine("the device has no access point");
                return true;
            }

            WirelessAPConfiguration block = Block(point);
            bool isOpen = block.Options == WirelessAPConfiguration.ConfigurationOptions.AutoStart
                && block.MaxConnections == MaxStations && point.IPv4Address == Address;
            if (!isOpen)
            {
                Configure(point, block);
            }

            return isOpen;
        }

        /// <summary>Whether the block says that the network opens at boot.</summary>
        public static bool IsEnabled()
        {
            NetworkInterface point = StationAddress.Find(NetworkInterfaceType.WirelessAP);
            return point != null && (Block(point).Options
                & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;
        }

        /// <summary>Makes the block say that the network does not open.</summary>
        /// <returns>Whether that was news, and a reboot is needed.</returns>
        public static bool Disable()
        {
            NetworkInterface point = StationAddress.Find(NetworkInterfaceType.WirelessAP);
            if (!IsEnabled())
            {
                return false;
            }

            WirelessAPConfiguration block = Block(point);
            block.Options = WirelessAPConfiguration.ConfigurationOptions.Disable;
            block.SaveConfiguration();
            return true;
        }

        /// <summary>A name that no other board has.</summary>
        /// <param name="any">One of the device's interfaces, or null.</param>
        internal static string NameOf(NetworkInterface any)
        {
            return any == null ? NamePrefix : NamePrefix + Suffix(any.PhysicalAddress);
        }

        private static WirelessAPConfiguration Block(NetworkInterface point)
        {
            return WirelessAPConfiguration.GetAllWirelessAPConfigurations()[
                point.SpecificConfigId];
        }

        private static void Configure(NetworkInterface point, WirelessAPConfiguration block)
        {
            try
            {
                point.EnableStaticIPv4(Address, Mask, Address);
            }
            catch (Exception)
            {
                // It stands in the block now. The runtime also wants to set it on the interface,
                // which is not there before the reboot.
            }

            bool hasPassword = block.Password != null && block.Password.Length > 0;
            if (block.Ssid == null || block.Ssid.Length == 0)
            {
                block.Ssid = NameOf(point);
            }

            block.Authentication =
                hasPassword ? AuthenticationType.WPA2 : AuthenticationType.Open;
            block.Encryption = hasPassword ? EncryptionType.WPA2 : EncryptionType.None;
            block.MaxConnections = MaxStations;
            block.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
            block.SaveConfiguration();
        }

        /// <summary>Two bytes of the hardware address, so that two boards differ.</summary>
        private static string Suffix(byte[] address)
        {
            var letters = new char[4];
            for (int i = 0; i < 2; i++)
            {
                int value = address[address.Length - 2 + i];
                letters[i * 2] = Hex[value >> 4];
                letters[i * 2 + 1] = Hex[value & 15];
            }

            return new string(letters);
        }
    }
}
