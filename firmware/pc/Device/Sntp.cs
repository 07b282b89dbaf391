using EdgeBroker.Firmware.Pc;

namespace nanoFramework.Networking
{
    /// <summary>The device's class of this name; a PC has a clock that is right.</summary>
    internal static class Sntp
    {
        /// <summary>Whether it runs.</summary>
        public static bool IsStarted
        {
            get { return Radio.Current.IsSntpStarted; }
        }

        /// <summary>Starts it.</summary>
        public static void Start()
        {
            Radio.Current.IsSntpStarted = true;
        }
    }
}
