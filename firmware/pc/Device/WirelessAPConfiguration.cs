using EdgeBroker.Firmware.Pc;

namespace System.Net.NetworkInformation
{
    /// <summary>The device's class of this name; the block is held by Radio.</summary>
    internal sealed class WirelessAPConfiguration
    {
        private readonly Radio _radio;
        private string _ssid;
        private string _password;
        private AuthenticationType _authentication;
        private EncryptionType _encryption;
        private ConfigurationOptions _options;
        private byte _maxConnections;

        /// <param name="id">Index of the configuration.</param>
        public WirelessAPConfiguration(uint id)
        {
            _radio = Radio.Current;
            _ssid = _radio.AccessPointSsid;
            _password = _radio.AccessPointPassword;
            _options = (ConfigurationOptions)_radio.AccessPointOptions;
            _maxConnections = _radio.AccessPointStations;
        }

        /// <summary>What the access point does at boot.</summary>
        public enum ConfigurationOptions : byte
        {
            /// <summary>Not stated.</summary>
            None = 0,

            /// <summary>It is off.</summary>
            Disable = 1,

            /// <summary>It is on.</summary>
            Enable = 2,

            /// <summary>It opens by itself.</summary>
            AutoStart = 6,
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

        /// <summary>How stations show that they may join.</summary>
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

        /// <summary>What the access point does at boot.</summary>
        public ConfigurationOptions Options
        {
            get { return _options; }
            set { _options = value; }
        }

        /// <summary>Most stations at once.</summary>
        public byte MaxConnections
        {
            get { return _maxConnections; }
            set { _maxConnections = value; }
        }

        /// <summary>All blocks of the device: one.</summary>
        public static WirelessAPConfiguration[] GetAllWirelessAPConfigurations()
        {
            return new WirelessAPConfiguration[] { new WirelessAPConfiguration(0) };
        }

        /// <summary>Keeps the block over reboots.</summary>
        public void SaveConfiguration()
        {
            Wireless80211Configuration.Check(_ssid, _password);
            _radio.AccessPointSsid = _ssid;
            _radio.AccessPointPassword = _password;
            _radio.AccessPointOptions = (byte)_options;
            _radio.AccessPointStations = _maxConnections;
        }
    }
}
