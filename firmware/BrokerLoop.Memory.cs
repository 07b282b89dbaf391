using nanoFramework.Hardware.Esp32;

namespace EdgeBroker.Firmware
{
    // The native heap, from which lwIP takes what waits to be acknowledged. It is looked at each
    // time that half of what was free may have been taken, so Send never finds it empty.
    public sealed partial class BrokerLoop
    {
        /// <summary>
        /// Native bytes to plan for each client: lwIP promises room up to 8 segments, each of which
        /// takes this much while it is not acknowledged.
        /// </summary>
        public const int NativePerClient = 8 * SegmentBytes + 365;

        private const int SegmentBytes = 1536;
        private const int LookMs = 1000;
        private const int ShortLookMs = 10;
        private const int TryMs = 500;

        // Some of lwIP's questions, one each half second, and the way back of an answer.
        private const int AskMs = 3000;

        // Longer than vanished clients are looked for: those go first.
        private const int PatienceMs = 6000;

        private int _credit;
        private int _most;
        private long _nextLookMs;
        private int _reserve;
        private int _tried = -1;
        private int _triedSince;
        private int _askedSince;
        private bool _isAsking;
        private bool _isShort;
        private bool _isLow;
        private bool _isStarving;

        /// <summary>Native heap in all, in bytes: what is on the chip.</summary>
        public int NativeTotal;

        /// <summary>Native heap that was free at the last look, in bytes.</summary>
        public int NativeFree;

        /// <summary>The lowest NativeFree since the start.</summary>
        public int NativeLow = int.MaxValue;

        /// <summary>The largest free block at the last look.</summary>
        public int NativeBlock;

        /// <summary>Clients that were closed because native memory was short.</summary>
        public int NativeClosed;

        /// <summary>Hears of them, or null.</summary>
        public TraceDump Trace;

        /// <summary>Whether there is memory for a Send; looks when that is not known.</summary>
        private bool HasMemory(int slot, long now)
        {
            if (!_isStarving || now >= _nextLookMs)
            {
                Look(now);
            }

            return !_isStarving || (slot == _tried && --_reserve >= 0);
        }

        /// <summary>
        /// Looks how much is free. Below half: small messages share segments, and who has vanished
        /// is found soon. Below a quarter: who has waited longest is closed. Below an eighth:
        /// hardly anything is sent, nobody is accepted.
        /// </summary>
        private void Look(long now)
        {
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal,
                out uint total, out uint free, out uint block);
            NativeTotal = (int)total;
            NativeFree = (int)free;
            NativeBlock = (int)block;
            NativeLow = NativeFree < NativeLow ? NativeFree : NativeLow;
            _most = NativeFree > _most ? NativeFree : _most;

            // In pieces too small for a segment it is of no use.
            int room = NativeBlock < 2 * SegmentBytes ? 0 : NativeFree;
            bool isShort = room < (_isShort ? _most - (_most >> 2) : _most >> 1);
            if (isShort != _isShort || (_isAsking && (int)now - _askedSince >= AskMs))
            {
                _isAsking = isShort && !_isShort;
                _askedSince = (int)now;
                _isShort = isShort;
                for (int i = 0; i < _count; i++)
                {
                    SocketSetup.Tune(_sockets[_slots[i]], isShort, _isAsking);
                }
            }

            _isLow = room < _most >> 2;
            _credit = ((room - (_most >> 3)) >> 1) - SegmentBytes;
            _isStarving = _credit < 0;
            if (_isStarving)
            {
                Try(room, now);
            }

            _nextLookMs = now + (isShort ? ShortLookMs : LookMs);
        }

        /// <summary>
        /// The last of the memory is for one client after the other: those who read use none of it
        /// for long, the others soon have a full socket and can be told from them.
        /// </summary>
        private void Try(int room, long now)
        {
            _reserve = (room / SegmentBytes) - 2;
            if (_tried < 0 || _waits[_tried] == Room || (int)now - _triedSince >= TryMs)
            {
                _tried = Oldest(Memory);
                _triedSince = (int)now;
            }
        }

        private void CloseLongestWaiting(long now)
        {
            int slot = Oldest(Room);
            bool isLate = slot >= 0 && (int)now - _since[slot] >= PatienceMs;
            if (!isLate)
            {
                slot = Oldest(Memory);
                isLate = slot >= 0 && (int)now - _since[slot] >= 3 * PatienceMs;
            }

            if (isLate)
            {
                NativeClosed++;
                Trace?.NoteClosed(slot, "native memory is short");
                Close(slot, now, true);
            }
        }
    }
}
