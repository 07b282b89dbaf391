using EdgeBroker.Firmware.Pc;

namespace nanoFramework.Runtime.Native
{
    /// <summary>The device's class of this name.</summary>
    internal static class GC
    {
        /// <summary>Collects garbage.</summary>
        /// <returns>Bytes that are free: what Radio says, for a PC has no such heap.</returns>
        public static uint Run(bool compactHeap)
        {
            return Radio.Current.HeapBytes;
        }
    }
}
