using EdgeBroker.Firmware.Pc;

namespace System.Device.Wifi
{
    /// <summary>The device's class of this name, played by Radio.</summary>
    internal sealed class WifiAdapter
    {
        private readonly Radio _radio;

        private WifiAdapter(Radio radio)
        {
            _radio = radio;
        }

        /// <summary>The adapters of the device: one, new each time and never forgotten.</summary>
        public static WifiAdapter[] FindAllAdapters()
        {
            var adapter = new WifiAdapter(Radio.Current);
            Radio.Current.Adapters.Add(adapter);
            return new WifiAdapter[] { adapter };
        }

        /// <summary>Leaves the network, and stops the runtime from joining by itself.</summary>
        public void Disconnect()
        {
            _radio.Disconnect();
        }

        /// <summary>Joins a network; blocks until that is decided.</summary>
        public WifiConnectionResult Connect(
            string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential)
        {
            return new WifiConnectionResult(_radio.Connect(ssid, passwordCredential));
        }
    }
}
