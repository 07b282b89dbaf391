using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;

namespace EdgeBroker.Firmware.Pc
{
    // What it does: the network, the pin, the reboot.
    public sealed partial class Radio
    {
        /// <summary>The network goes out of reach.</summary>
        public void Lose()
        {
            IsInReach = false;
            SetJoined(false);
        }

        /// <summary>The network is in reach again.</summary>
        public void Restore()
        {
            IsInReach = true;
            Retry();
        }

        /// <summary>What a boot does: all that does not stand in the block is lost.</summary>
        public void Boot()
        {
            Off();
            OpenedPin = -1;
            Adapters.Clear();
            IsAccessPointOpen = (AccessPointOptions & EnableOption) != 0;
            _tries = (StationOptions & ConnectOption) != 0 && Ssid.Length > 0;
            int boot = ++_boots;
            if (After == null)
            {
                _join = new Timer(Start, boot, ConnectMs, Timeout.Infinite);
            }
            else
            {
                After(ConnectMs, () => Start(boot));
            }
        }

        /// <summary>The device is switched off.</summary>
        public void Off()
        {
            _boots++;
            _tries = false;
            _isJoined = false;
            if (_join != null)
            {
                _join.Dispose();
                _join = null;
            }
        }

        /// <summary>The station's address; a fixed one is told without a link too.</summary>
        public string StationAddress()
        {
            return _isJoined || HasFixedAddress ? GivenAddress : NoAddress;
        }

        /// <summary>Whether any interface has a link.</summary>
        public bool HasLink()
        {
            return _isJoined || IsAccessPointOpen;
        }

        internal WifiConnectionStatus Connect(string ssid, string password)
        {
            Attempts++;
            SetJoined(false);
            _tries = true;
            if (After == null)
            {
                Thread.Sleep(ConnectMs); // In virtual time that has passed.
            }

            while (DoesHang)
            {
                Thread.Sleep(HangStepMs);
            }

            if (!IsInReach)
            {
                NetworkChange.Raise(this, Station, false);
                return WifiConnectionStatus.NetworkNotAvailable;
            }

            if (password != RightPassword)
            {
                NetworkChange.Raise(this, Station, false);
                return WifiConnectionStatus.InvalidCredential;
            }

            SetJoined(true);
            return WifiConnectionStatus.Success;
        }

        internal void Disconnect()
        {
            _tries = false;
            SetJoined(false);
        }

        internal void SetPin(bool isHigh)
        {
            PinChanges += isHigh == IsPinHigh ? 0 : 1;
            IsPinHigh = isHigh;
        }

        internal void Reboot()
        {
            Reboots++;
        }

        private void Start(object boot)
        {
            if ((int)boot != _boots)
            {
                return;
            }

            if (IsAccessPointOpen)
            {
                NetworkChange.Raise(this, Station + 1, true);
            }

            Retry();
        }

        private void Retry()
        {
            if (_tries && DoesRejoin && !DoesHang && IsInReach && Password == RightPassword)
            {
                SetJoined(true);
            }
        }

        private void SetJoined(bool isJoined)
        {
            lock (_sync)
            {
                if (_isJoined == isJoined)
                {
                    return;
                }

                _isJoined = isJoined;
            }

            NetworkChange.Raise(this, Station, isJoined);
        }
    }
}
