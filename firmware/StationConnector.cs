using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Connects the station on a thread of its own, made for each attempt: WifiAdapter.Connect
    /// blocks its thread for up to 20 s, the loop has clients to serve, and once the link is up
    /// the memory of a waiting thread is better used elsewhere.
    /// </summary>
    internal sealed class StationConnector
    {
        private bool _isBusy;

        /// <summary>Why the last attempt failed, or null; to be read while not busy.</summary>
        public string Error;

        /// <summary>Whether an attempt is going on.</summary>
        public bool IsBusy()
        {
            return _isBusy;
        }

        /// <summary>Begins an attempt with the credentials of the configuration block.</summary>
        public void Begin()
        {
            _isBusy = true;
            new Thread(Run).Start();
        }

        private void Run()
        {
            try
            {
                Error = Connect();
            }
            catch (Exception e)
            {
                Error = e.Message == null ? "the adapter failed" : e.Message;
            }

            _isBusy = false;
        }

        private static string Connect()
        {
            Wireless80211Configuration block = Credentials.Block();
            WifiAdapter[] adapters = WifiAdapter.FindAllAdapters();
            if (block == null || adapters.Length == 0)
            {
                return "there is no Wi-Fi adapter";
            }

            WifiConnectionResult result = adapters[0].Connect(
                block.Ssid, WifiReconnectionKind.Automatic, block.Password);
            switch (result.ConnectionStatus)
            {
                case WifiConnectionStatus.Success:
                    return null;
                case WifiConnectionStatus.InvalidCredential:
                    return "the password is wrong";
                case WifiConnectionStatus.NetworkNotAvailable:
                    return "the network is not in reach";
                case WifiConnectionStatus.Timeout:
                    return "the network does not answer";
                default:
                    return "the network refuses";
            }
        }
    }
}
