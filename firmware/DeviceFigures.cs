using EdgeBroker.Broker;
using NativeGC = nanoFramework.Runtime.Native.GC;

namespace EdgeBroker.Firmware
{
    /// <summary>The board's own figures under $SYS/broker/.</summary>
    public sealed class DeviceFigures : HostFigures
    {
        private const int Figures = 8;

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

        /// <summary>How often the listening socket was opened.</summary>
        public long Listens;

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

        /// <inheritdoc/>
        public override string NameOf(int index)
        {
            switch (index)
            {
                case 0:
                    return "heap/free";
                case 1:
                    return "heap/low";
                case 2:
                    return "loop/max-ms";
                case 3:
                    return "wifi/drops";
                case 4:
                    return "wifi/failures";
                case 5:
                    return "listener/opened";
                case 6:
                    return "reboot/reason";
                default:
                    return "config/error";
            }
        }

        /// <inheritdoc/>
        public override long ValueOf(int index)
        {
            switch (index)
            {
                case 0:
                    return HeapFree;
                case 1:
                    return HeapLow;
                case 2:
                    return LoopMaxMs;
                case 3:
                    return WifiDrops;
                case 4:
                    return WifiFailures;
                case 5:
                    return Listens;
                default:
                    return 0;
            }
        }

        /// <inheritdoc/>
        public override string TextOf(int index)
        {
            return index == 6 ? _rebootReason : index == 7 ? _configError : null;
        }
    }
}
