using System.Net.NetworkInformation;
using System.Text;

namespace EdgeBroker.Firmware
{
    /// <summary>The station's name and password of a network, in the configuration block.</summary>
    internal static class Credentials
    {
        /// <summary>Most bytes of an SSID that the configuration block takes.</summary>
        public const int MaxSsid = 31;

        /// <summary>Most bytes of a password that it takes.</summary>
        public const int MaxPassword = 63;

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
            int name = Encoding.UTF8.GetBytes(ssid).Length;
            int secret = Encoding.UTF8.GetBytes(password).Length;
            return name > 0 && name <= MaxSsid
                && (secret == 0 || (secret >= LeastPassword && secret <= MaxPassword));
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
