using EdgeBroker.Firmware.Pc;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>The device's class of this name; Radio has the figures.</summary>
    internal static class NativeMemory
    {
        /// <summary>Kinds of memory.</summary>
        public enum MemoryType
        {
            /// <summary>All of it.</summary>
            All = 0,

            /// <summary>On the chip.</summary>
            Internal = 1,

            /// <summary>PSRAM.</summary>
            SpiRam = 2,
        }

        /// <summary>Sizes in bytes.</summary>
        public static void GetMemoryInfo(
            MemoryType memoryType,
            out uint totalSize,
            out uint totalFreeSize,
            out uint largestFreeBlock)
        {
            Radio radio = Radio.Current;
            totalSize = (uint)radio.NativeBytes;
            totalFreeSize = (uint)(radio.NativeBytes - radio.NativeUsedBytes);
            largestFreeBlock = totalFreeSize;
        }
    }
}
