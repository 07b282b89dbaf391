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

        /// <summary>The adapters of the device: one.</summary>
        public static WifiAdapter[] FindAllAdapters()
        {
            return new WifiAdapter[] { new WifiAdapter(Radio.Current) };
        }

        /// <summary>Joins a network; blocks until that is decided.</summary>
        public WifiConnectionResult Connect(
            string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential)
        {
            return new WifiConnectionResult(_radio.Connect(ssid, passwordCredential));
        }
    }
}
