using EdgeBroker.Firmware.Pc;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>The device's class of this name.</summary>
    internal static class Sleep
    {
        /// <summary>What woke the device up.</summary>
        public enum WakeupCause
        {
            /// <summary>It did not sleep.</summary>
            Undefined = 0,

            /// <summary>A timer.</summary>
            Timer = 4,
        }

        /// <summary>What Radio says.</summary>
        public static WakeupCause GetWakeupCause()
        {
            return (WakeupCause)Radio.Current.WakeupCause;
        }
    }
}
