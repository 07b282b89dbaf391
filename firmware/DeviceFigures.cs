using EdgeBroker.Broker;
using nanoFramework.Hardware.Esp32;
using NativeGC = nanoFramework.Runtime.Native.GC;

namespace EdgeBroker.Firmware
{
    /// <summary>The board's own figures under $SYS/broker/.</summary>
    public sealed class DeviceFigures : HostFigures
    {
        private const int Figures = 15;

        private readonly string _rebootReason;
        private readonly string _configError;

        /// <summary>Managed heap that is free, in bytes, when it was last measured.</summary>
        public long HeapFree;

        /// <summary>The lowest HeapFree since the start.</summary>
        public long HeapLow = long.MaxValue;

        /// <summary>Longest turn of the loop since the start.</summary>
        public long LoopMaxMs;

        /// <summary>How often the link was lost.</summary>
        public long WifiDrops;

        /// <summary>Attempts to connect that failed.</summary>
        public long WifiFailures;

        /// <summary>Has the figures of the sockets, once there are any.</summary>
        public BrokerLoop Loop;

        /// <param name="rebootReason">Why the device was last rebooted.</param>
        /// <param name="configError">What is wrong with the configuration file, or null.</param>
        public DeviceFigures(string rebootReason, string configError)
        {
            _rebootReason = rebootReason;
            _configError = configError == null ? "none" : configError;
        }

        /// <summary>
        /// Measures the heap, and moves what is used together: stack frames need room in one piece.
        /// That takes milliseconds on a board: not to be called per message.
        /// </summary>
        public void MeasureHeap()
        {
            HeapFree = NativeGC.Run(true);
            if (HeapFree < HeapLow)
            {
                HeapLow = HeapFree;
            }
        }

        /// <inheritdoc/>
        public override int Count()
        {
            return Figures;
        }

        // One return each: a stack frame on a board has a place for every one.

        /// <inheritdoc/>
        public override string NameOf(int index)
        {
            return index switch
            {
                0 => "heap/free",
                1 => "heap/low",
                2 => "loop/max-ms",
                3 => "wifi/drops",
                4 => "wifi/failures",
                5 => "listener/opened",
                6 => "listener/errors",
                7 => "native/total",
                8 => "native/free",
                9 => "native/low",
                10 => "native/block",
                11 => "native/closed",
                12 => "wakeup/cause",
                13 => "reboot/reason",
                _ => "config/error",
            };
        }

        /// <inheritdoc/>
        public override long ValueOf(int index)
        {
            BrokerLoop loop = Loop;
            return loop == null ? 0 : index switch
            {
                0 => HeapFree,
                1 => HeapLow,
                2 => LoopMaxMs,
                3 => WifiDrops,
                4 => WifiFailures,
                5 => loop.Listens,
                6 => loop.AcceptErrors,
                7 => loop.NativeTotal,
                8 => loop.NativeFree,
                9 => loop.NativeLow,
                10 => loop.NativeBlock,
                11 => loop.NativeClosed,
                12 => (int)Sleep.GetWakeupCause(),
                _ => 0,
            };
        }

        /// <inheritdoc/>
        public override string TextOf(int index)
        {
            return index == 13 ? _rebootReason : index == 14 ? _configError : null;
        }
    }
}
