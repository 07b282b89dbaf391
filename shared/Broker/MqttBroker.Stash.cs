using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>How long an unfinished packet may hold up others for want of memory.</summary>
        private const int MaxShortageMs = 1000;

        /// <summary>In _flags: what is stashed counts for all strangers together.</summary>
        private const byte StrangersStash = 2;

        /// <summary>Strangers together may hold this part of message memory.</summary>
        private const int StrangersShare = 16;

        private int _strangersBytes;
        private readonly int[] _stashFirst;
        private readonly int[] _stashLast;
        private readonly int[] _stashLength;
        private readonly int[] _stashNeed;
        private readonly long[] _stashSinceMs;
        private int _finisher = None;
        private long _shortageMs;

        /// <summary>Puts a kept beginning together with what has arrived.</summary>
        /// <returns>Where the first byte stands that was not used up.</returns>
        private int FinishStash(int slot, byte[] buffer, int offset, int end)
        {
            int have = _stashLength[slot];
            BlockPool pool = _messages.Pool;
            if (_stashNeed[slot] == 0)
            {
                // Not even the Fixed Header was whole: it has at most five bytes.
                int more = end - offset < 5 ? end - offset : 5;
                pool.Read(_stashFirst[slot], 0, _packet, 0, have);
                System.Array.Copy(buffer, offset, _packet, have, more);
                int size = PacketSize(slot, _packet, 0, have + more);
                if (size < 0)
                {
                    return end;
                }

                _stashNeed[slot] = size;
            }

            int missing = _stashNeed[slot] - have;
            if (_stashNeed[slot] == 0 || missing > end - offset)
            {
                return offset;
            }

            pool.Read(_stashFirst[slot], 0, _packet, 0, have);
            System.Array.Copy(buffer, offset, _packet, have, missing);
            int whole = _stashNeed[slot];
            DropStash(slot);
            int spare = pool.BlocksFor(have);
            int reserved = _limits.ReservedBlocks();
            _messages.Spare = spare < reserved ? spare : reserved;
            HandleWhole(slot, _packet, 0, whole);
            _messages.Spare = 0;
            return offset + missing;
        }

        private void Stash(int slot, byte[] buffer, int offset, int count)
        {
            if (_state[slot] > (byte)ConnectionState.Connected)
            {
                return;
            }

            if (_state[slot] == (byte)ConnectionState.AwaitingConnect
                && !AdmitStranger(slot, count))
            {
                return;
            }

            BlockPool pool = _messages.Pool;
            int length = _stashLength[slot];
            int room = 0;
            if (length > 0)
            {
                int used = length - (pool.BlocksFor(length) - 1) * pool.BlockSize;
                room = pool.BlockSize - used;
                int part = count < room ? count : room;
                System.Array.Copy(
                    buffer, offset, pool.Bytes, _stashLast[slot] * pool.BlockSize + used, part);
                offset += part;
                count -= part;
                _stashLength[slot] += part;
            }

            if (count == 0)
            {
                return;
            }

            int chain = pool.Store(buffer, offset, count);
            if (chain == BlockPool.None && Reclaim(count))
            {
                chain = pool.Store(buffer, offset, count);
            }

            if (chain == BlockPool.None)
            {
                Counters[Counter.LimitMessageMemory]++;
                EndConnection(slot, ReasonCode.QuotaExceeded,
                    "no memory is left for an unfinished packet");
                return;
            }

            if (length == 0)
            {
                _stashFirst[slot] = chain;
                _stashSinceMs[slot] = _nowMs;
                _stashNeed[slot] = _isPaused[slot]
                    ? 0
                    : PacketSize(slot, buffer, offset, offset + count);
                Arm(_nowMs + _settings.PacketTimeoutMs);
            }
            else
            {
                pool.Link(_stashLast[slot], chain);
            }

            _stashLast[slot] = pool.LastOf(chain);
            _stashLength[slot] += count;
            if (_finisher == None && _stashNeed[slot] > 0)
            {
                _finisher = slot;
            }
        }

        /// <summary>
        /// Blocks that the packet which is finished first still needs. Without such a promise two
        /// large packets that arrive in pieces could each hold what the other one lacks.
        /// </summary>
        private int BlocksPromised(int slot)
        {
            if (_finisher == None || _finisher == slot)
            {
                return 0;
            }

            int missing = _stashNeed[_finisher] - _stashLength[_finisher];
            return _messages.Pool.BlocksFor(missing) + 1;
        }

        /// <summary>Somebody cannot be read from because of unfinished packets.</summary>
        private void NoteShortage()
        {
            if (_shortageMs == 0)
            {
                _shortageMs = _nowMs > 0 ? _nowMs : 1;
                Arm(_nowMs + MaxShortageMs);
            }
        }

        /// <summary>Whoever holds most for an unfinished packet held others up too long.</summary>
        private void EndShortage()
        {
            if (_shortageMs == 0 || _nowMs < _shortageMs + MaxShortageMs)
            {
                return;
            }

            _shortageMs = 0;
            if (_messages.Pool.FreeCount > BlocksPromised(None))
            {
                return; // It is over.
            }

            int most = 0;
            for (int slot = 1; slot < _untouchedSlot; slot++)
            {
                if (_stashLength[slot] > _stashLength[most])
                {
                    most = slot;
                }
            }

            if (_stashLength[most] > 0)
            {
                Counters[Counter.LimitMessageMemory]++;
                EndConnection(most, ReasonCode.QuotaExceeded,
                    "its unfinished packet held up others while memory was short");
            }
        }

        /// <summary>
        /// Half a CONNECT is kept only while all strangers together hold little: nothing that
        /// clients wait for makes room for it, and whole CONNECTs pass in any case.
        /// </summary>
        private bool AdmitStranger(int slot, int count)
        {
            BlockPool pool = _messages.Pool;
            int share = pool.BlockCount / StrangersShare * pool.BlockSize;
            int most = 2 * _limits.MaxConnectSize;
            if (_strangersBytes + count <= (share > most ? share : most)
                && pool.BlocksFor(count) + 1 <= pool.FreeCount)
            {
                _strangersBytes += count;
                _flags[slot] |= StrangersStash;
                return true;
            }

            Counters[Counter.LimitMessageMemory]++;
            EndConnection(slot, ReasonCode.QuotaExceeded,
                "no room is left for half a CONNECT of a stranger");
            return false;
        }

        private void DropStash(int slot)
        {
            if ((_flags[slot] & StrangersStash) != 0)
            {
                _flags[slot] &= 0xFF & ~StrangersStash;
                _strangersBytes -= _stashLength[slot];
            }

            _messages.Pool.Free(_stashFirst[slot]);
            _stashFirst[slot] = BlockPool.None;
            _stashLength[slot] = 0;
            _stashNeed[slot] = 0;
            if (_finisher == slot)
            {
                _finisher = None;
                _shortageMs = 0;
            }
        }
    }
}
