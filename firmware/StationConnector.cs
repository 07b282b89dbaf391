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
        // Kept, for the class library never forgets one: 112 bytes of heap each.
        private WifiAdapter _adapter;
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
            try
            {
                new Thread(Run).Start();
            }
            catch (Exception e)
            {
                Error = TextOf(e);
                _isBusy = false;
            }
        }

        /// <summary>
        /// Makes the runtime stop trying: while it looks for a network on all channels, nobody can
        /// use the own one.
        /// </summary>
        public void Rest()
        {
            try
            {
                if (HasAdapter())
                {
                    _adapter.Disconnect();
                }
            }
            catch (Exception e)
            {
                Error = TextOf(e);
            }
        }

        private void Run()
        {
            try
            {
                Error = Connect();
            }
            catch (Exception e)
            {
                Error = TextOf(e);
            }

            _isBusy = false;
        }

        private static string TextOf(Exception e)
        {
            return e.Message == null ? "the adapter failed" : e.Message;
        }

        private bool HasAdapter()
        {
            if (_adapter == null)
            {
                WifiAdapter[] adapters = WifiAdapter.FindAllAdapters();
                _adapter = adapters.Length == 0 ? null : adapters[0];
            }

            return _adapter != null;
        }

        private string Connect()
        {
            Wireless80211Configuration block = Credentials.Block();
            if (block == null || !HasAdapter())
            {
                return "there is no Wi-Fi adapter";
            }

            WifiConnectionResult result = _adapter.Connect(
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
