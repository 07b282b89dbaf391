using System;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>The way of a client's frames through the virtual network.</summary>
    public sealed class NetPath
    {
        private Random _chance;
        private long _busyUntilMs;
        private long _busyFromMs;

        /// <summary>Time of a frame in either direction.</summary>
        public int OneWayMs = 5;

        /// <summary>What a frame may need longer, by chance; frames overtake each other.</summary>
        public int JitterMs;

        /// <summary>Bytes per second in either direction; 0 is without limit.</summary>
        public int BytesPerS;

        /// <summary>Share of the frames that are lost, 0 to 1.</summary>
        public double Loss;

        /// <summary>Whether nothing that the client sends arrives.</summary>
        public bool IsMute;

        /// <summary>Whether nothing arrives at the client.</summary>
        public bool IsDeaf;

        /// <summary>No frame passes before this time.</summary>
        public long BlackoutUntilMs;

        /// <summary>Makes its chance its own: what befalls one client does not depend on what
        /// others do.</summary>
        public int Seed;

        /// <summary>What happens by chance on this way.</summary>
        internal Random Chance(int networkSeed)
        {
            return _chance ??= new Random(networkSeed ^ Seed);
        }

        /// <summary>Whether a frame cannot arrive, apart from chance.</summary>
        internal bool IsCut(bool isFromClient, long nowMs)
        {
            return nowMs < BlackoutUntilMs || (isFromClient ? IsMute : IsDeaf);
        }

        /// <summary>The time that a frame is on its way.</summary>
        internal long DelayMs(int networkSeed, int bytes, bool isFromClient, long nowMs)
        {
            long delay = OneWayMs + (JitterMs > 0 ? Chance(networkSeed).Next(JitterMs + 1) : 0);
            if (BytesPerS > 0)
            {
                long busy = Math.Max(nowMs, isFromClient ? _busyFromMs : _busyUntilMs)
                    + (bytes * 1000L / BytesPerS);
                delay += busy - nowMs;
                _busyFromMs = isFromClient ? busy : _busyFromMs;
                _busyUntilMs = isFromClient ? _busyUntilMs : busy;
            }

            return delay;
        }
    }
}
