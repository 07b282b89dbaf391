using EdgeBroker.Firmware.Pc;

namespace nanoFramework.Runtime.Native
{
    /// <summary>The device's class of this name.</summary>
    internal static class Power
    {
        /// <summary>Tells Radio; unlike on the device it returns.</summary>
        public static void RebootDevice(RebootOption rebootOption)
        {
            Radio.Current.Reboot();
        }
    }
}
