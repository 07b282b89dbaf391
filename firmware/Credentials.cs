using System.Net.NetworkInformation;

namespace EdgeBroker.Firmware
{
    /// <summary>The station's name and password of a network, in the configuration block.</summary>
    internal static class Credentials
    {
        /// <summary>Most letters of an SSID.</summary>
        public const int MaxSsid = 32;

        /// <summary>Most letters of a password.</summary>
        public const int MaxPassword = 64;

        private const int LeastPassword = 8;

        /// <summary>Whether the block names a network.</summary>
        public static bool AreThere()
        {
            Wireless80211Configuration block = Block();
            return block != null && block.Ssid != null && block.Ssid.Length > 0;
        }

        /// <summary>The block of the station, or null when the device has none.</summary>
        public static Wireless80211Configuration Block()
        {
            NetworkInterface station = StationAddress.Find(NetworkInterfaceType.Wireless80211);
            return station == null
                ? null
                : Wireless80211Configuration.GetAllWireless80211Configurations()[
                    station.SpecificConfigId];
        }

        /// <summary>Whether a network can be called so and have such a password.</summary>
        public static bool AreValid(string ssid, string password)
        {
            return ssid.Length > 0 && ssid.Length <= MaxSsid && password.Length <= MaxPassword
                && (password.Length == 0 || password.Length >= LeastPassword);
        }

        /// <summary>Stores them; they hold from the next boot on.</summary>
        public static void Save(string ssid, string password)
        {
            Wireless80211Configuration block = Block();
            block.Ssid = ssid;
            block.Password = password;
            block.Authentication =
                password.Length == 0 ? AuthenticationType.Open : AuthenticationType.WPA2;
            block.Encryption = password.Length == 0 ? EncryptionType.None : EncryptionType.WPA2;
            block.Options = Wireless80211Configuration.ConfigurationOptions.AutoConnect;
            block.SaveConfiguration();
        }
    }
}
