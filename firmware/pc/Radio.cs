using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>
    /// What the device has and a PC has not: Wi-Fi, the configuration block, the LED, the heap and
    /// the reboot. Tests and the simulator make it fail. One device at a time in a process, for
    /// the device's own classes are static as well.
    /// </summary>
    public sealed class Radio
    {
        private const string NoAddress = "0.0.0.0";
        private const int HangStepMs = 5;

        /// <summary>The device that runs.</summary>
        public static Radio Current = new Radio();

        /// <summary>What the runtime calls the board.</summary>
        public string Target = "ESP32_REV3";

        /// <summary>Managed heap that is free, in bytes.</summary>
        public uint HeapBytes = 79 * 1024;

        /// <summary>Native heap when the link comes up, in bytes.</summary>
        public long NativeBytes = 150 * 1024;

        /// <summary>Bytes of it in use.</summary>
        public long NativeUsedBytes;

        /// <summary>Why the device says it woke up, see Sleep.WakeupCause.</summary>
        public int WakeupCause;

        /// <summary>The station's network in the configuration block, or empty.</summary>
        public string Ssid = "home";

        /// <summary>The station's password in the configuration block.</summary>
        public string Password = "a right one";

        /// <summary>The password that the network wants.</summary>
        public string RightPassword = "a right one";

        /// <summary>Address that the network gives to the station.</summary>
        public string GivenAddress = "127.0.0.1";

        /// <summary>Whether the network is in reach.</summary>
        public bool IsInReach = true;

        /// <summary>Whether attempts to join hang.</summary>
        public bool DoesHang;

        /// <summary>Whether the runtime joins by itself when the network is back.</summary>
        public bool DoesRejoin = true;

        /// <summary>Time that an attempt to join takes.</summary>
        public int ConnectMs = 5;

        /// <summary>Attempts to join.</summary>
        public int Attempts;

        /// <summary>Name of the own network in the configuration block.</summary>
        public string AccessPointSsid = "";

        /// <summary>Password of the own network in the configuration block.</summary>
        public string AccessPointPassword = "";

        /// <summary>Options of the own network in the configuration block.</summary>
        public byte AccessPointOptions;

        /// <summary>Most stations of the own network in the configuration block.</summary>
        public byte AccessPointStations = 1;

        /// <summary>Address of the device in its own network.</summary>
        public string AccessPointAddress = NoAddress;

        /// <summary>The hardware address.</summary>
        public byte[] HardwareAddress = { 0x24, 0x0A, 0xC4, 0x12, 0x34, 0xAB };

        /// <summary>The pin that was opened, or -1.</summary>
        public int OpenedPin = -1;

        /// <summary>Whether the pin is high.</summary>
        public bool IsPinHigh;

        /// <summary>How often the pin changed.</summary>
        public int PinChanges;

        /// <summary>How often the device was rebooted.</summary>
        public int Reboots;

        private bool _isJoined;

        /// <summary>The network goes out of reach.</summary>
        public void Lose()
        {
            IsInReach = false;
            Unjoin();
        }

        /// <summary>The network is in reach again.</summary>
        public void Restore()
        {
            IsInReach = true;
            if (DoesRejoin && Ssid.Length > 0 && Password == RightPassword)
            {
                _isJoined = true;
                NetworkChange.Raise(true);
            }
        }

        /// <summary>What a boot does: all that does not stand in the block is lost.</summary>
        public void Boot()
        {
            _isJoined = false;
            OpenedPin = -1;
        }

        /// <summary>The station's address now.</summary>
        public string StationAddress()
        {
            return _isJoined ? GivenAddress : NoAddress;
        }

        internal WifiConnectionStatus Connect(string ssid, string password)
        {
            Attempts++;
            Unjoin();
            Thread.Sleep(ConnectMs);
            while (DoesHang)
            {
                Thread.Sleep(HangStepMs);
            }

            if (!IsInReach)
            {
                return WifiConnectionStatus.NetworkNotAvailable;
            }

            if (password != RightPassword)
            {
                return WifiConnectionStatus.InvalidCredential;
            }

            _isJoined = true;
            NetworkChange.Raise(true);
            return WifiConnectionStatus.Success;
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

        private void Unjoin()
        {
            if (_isJoined)
            {
                _isJoined = false;
                NetworkChange.Raise(false);
            }
        }
    }
}
