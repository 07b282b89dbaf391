using System;
using System.Collections;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>
    /// What the device has and a PC has not: Wi-Fi, the configuration block, the LED, the heap and
    /// the reboot. Tests and the simulator make it fail. The device's own classes are static, so a
    /// device is found by the flow of execution that it was started in.
    /// </summary>
    public sealed partial class Radio
    {
        /// <summary>Index of the station among the interfaces.</summary>
        internal const int Station = 0;

        private const byte EnableOption = 2;
        private const byte ConnectOption = 4;
        private const string NoAddress = "0.0.0.0";
        private const int HangStepMs = 5;

        private static readonly Radio _none = new Radio();
        private static readonly AsyncLocal<Radio> _current = new AsyncLocal<Radio>();

        /// <summary>The device that runs here.</summary>
        public static Radio Current
        {
            get { return _current.Value ?? _none; }
            set { _current.Value = value; }
        }

        /// <summary>Has something done after so many milliseconds; null is real time.</summary>
        public Action<int, Action> After;

        /// <summary>Gets the lines of the device's console; null is the PC's console.</summary>
        public Action<string> Log;

        /// <summary>What the runtime calls the board.</summary>
        public string Target = "ESP32_REV3";

        /// <summary>How many times asking for Target shall throw Fault.</summary>
        public int Faults;

        /// <summary>What is thrown then.</summary>
        public Exception Fault = new OutOfMemoryException();

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

        /// <summary>Options of the station in the configuration block; 6 joins at boot.</summary>
        public byte StationOptions = EnableOption | ConnectOption;

        /// <summary>Whether the block gives the station a fixed address.</summary>
        public bool HasFixedAddress;

        /// <summary>The password that the network wants.</summary>
        public string RightPassword = "a right one";

        /// <summary>Address that the network, or the block, gives to the station.</summary>
        public string GivenAddress = "127.0.0.1";

        /// <summary>Whether the network is in reach.</summary>
        public bool IsInReach = true;

        /// <summary>Whether attempts to join hang.</summary>
        public bool DoesHang;

        /// <summary>Whether the runtime joins by itself at boot and after a loss.</summary>
        public bool DoesRejoin = true;

        /// <summary>Time that an attempt to join takes.</summary>
        public int ConnectMs = 5;

        /// <summary>Attempts to join that the program asked for.</summary>
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

        /// <summary>Whether the own network has been open since the boot.</summary>
        public bool IsAccessPointOpen;

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

        /// <summary>The adapters that the class library has registered: it forgets none.</summary>
        public readonly ArrayList Adapters = new ArrayList();

        /// <summary>The programs that hear of the link, see NetworkChange.</summary>
        internal NetworkAvailabilityChangedEventHandler AvailabilityChanged;

        /// <summary>The programs that hear of the addresses, see NetworkChange.</summary>
        internal NetworkAddressChangedEventHandler AddressChanged;

        private readonly object _sync = new object();
        private Timer _join;
        private int _boots;
        private bool _isJoined;
        private bool _tries;

        /// <summary>Whether the runtime goes on trying to join by itself.</summary>
        public bool IsTrying
        {
            get { return _tries && !_isJoined; }
        }
    }
}
