using System.Text;
using EdgeBroker.Firmware.Pc;

namespace System.Net.NetworkInformation
{
    /// <summary>The device's class of this name; the block is held by Radio.</summary>
    internal sealed class Wireless80211Configuration
    {
        private const int MostSsidBytes = 31;
        private const int MostPasswordBytes = 63;

        private readonly Radio _radio;
        private string _ssid;
        private string _password;
        private AuthenticationType _authentication;
        private EncryptionType _encryption;
        private ConfigurationOptions _options;

        /// <param name="id">Index of the configuration.</param>
        public Wireless80211Configuration(uint id)
        {
            _radio = Radio.Current;
            _ssid = _radio.Ssid;
            _password = _radio.Password;
            _options = (ConfigurationOptions)_radio.StationOptions;
        }

        /// <summary>What the station does at boot.</summary>
        public enum ConfigurationOptions : byte
        {
            /// <summary>Not stated.</summary>
            None = 0,

            /// <summary>It is off.</summary>
            Disable = 1,

            /// <summary>It is on.</summary>
            Enable = 2,

            /// <summary>It joins by itself.</summary>
            AutoConnect = 6,
        }

        /// <summary>Name of the network.</summary>
        public string Ssid
        {
            get { return _ssid; }
            set { _ssid = value; }
        }

        /// <summary>Its password.</summary>
        public string Password
        {
            get { return _password; }
            set { _password = value; }
        }

        /// <summary>How the station shows that it may join.</summary>
        public AuthenticationType Authentication
        {
            get { return _authentication; }
            set { _authentication = value; }
        }

        /// <summary>How the network is enciphered.</summary>
        public EncryptionType Encryption
        {
            get { return _encryption; }
            set { _encryption = value; }
        }

        /// <summary>What the station does at boot.</summary>
        public ConfigurationOptions Options
        {
            get { return _options; }
            set { _options = value; }
        }

        /// <summary>All blocks of the device: one.</summary>
        public static Wireless80211Configuration[] GetAllWireless80211Configurations()
        {
            return new Wireless80211Configuration[] { new Wireless80211Configuration(0) };
        }

        /// <summary>Keeps the block over reboots.</summary>
        public void SaveConfiguration()
        {
            Check(_ssid, _password);
            _radio.Ssid = _ssid;
            _radio.Password = _password;
            _radio.StationOptions = (byte)_options;
        }

        /// <summary>What the native side refuses to store.</summary>
        internal static void Check(string ssid, string password)
        {
            if (Encoding.UTF8.GetBytes(ssid).Length > MostSsidBytes
                || Encoding.UTF8.GetBytes(password).Length > MostPasswordBytes)
            {
                throw new ArgumentException();
            }
        }
    }
}
