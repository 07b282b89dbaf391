using EdgeBroker.Firmware.Pc;

namespace System.Net.NetworkInformation
{
    /// <summary>The device's class of this name, played by Radio.</summary>
    internal sealed class NetworkInterface
    {
        private readonly Radio _radio;
        private readonly bool _isStation;

        internal NetworkInterface(Radio radio, bool isStation)
        {
            _radio = radio;
            _isStation = isStation;
        }

        /// <summary>Whether it is the station or the access point.</summary>
        public NetworkInterfaceType NetworkInterfaceType
        {
            get
            {
                return _isStation
                    ? NetworkInterfaceType.Wireless80211
                    : NetworkInterfaceType.WirelessAP;
            }
        }

        /// <summary>The address that it has now.</summary>
        public string IPv4Address
        {
            get { return _isStation ? _radio.StationAddress() : _radio.AccessPointAddress; }
        }

        /// <summary>Whether its address comes from the network.</summary>
        public bool IsDhcpEnabled
        {
            get { return _isStation && !_radio.HasFixedAddress; }
        }

        /// <summary>Index of its configuration.</summary>
        public uint SpecificConfigId
        {
            get { return 0; }
        }

        /// <summary>Six bytes.</summary>
        public byte[] PhysicalAddress
        {
            get { return _radio.HardwareAddress; }
        }

        /// <summary>The station, then the access point.</summary>
        public static NetworkInterface[] GetAllNetworkInterfaces()
        {
            return new NetworkInterface[]
            {
                new NetworkInterface(Radio.Current, true),
                new NetworkInterface(Radio.Current, false),
            };
        }

        /// <summary>Whether any of them has a link.</summary>
        public static bool GetIsNetworkAvailable()
        {
            return Radio.Current.HasLink();
        }

        /// <summary>
        /// Sets a fixed address: first in the block, then in the network stack, which fails for an
        /// access point that is not open.
        /// </summary>
        public void EnableStaticIPv4(
            string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress)
        {
            if (_isStation || _radio.AccessPointAddress == ipv4Address)
            {
                return;
            }

            _radio.AccessPointAddress = ipv4Address;
            if (!_radio.IsAccessPointOpen)
            {
                throw new Exception("CLR_E_FAIL");
            }
        }
    }
}
