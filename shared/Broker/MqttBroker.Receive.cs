using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private readonly int[] _stashFirst;
        private readonly int[] _stashLast;
        private readonly int[] _stashLength;
        private readonly int[] _stashNeed;
        private readonly long[] _stashSinceMs;
        private readonly bool[] _isPaused;
        private int _remainingLength;

        /// <summary>
        /// How many bytes Receive takes from a connection now. 0 means: leave them in the socket
        /// and ask again after the next Transmit or Tick.
        /// </summary>
        public int ReceiveWindow(int slot)
        {
            if (_isPaused[slot])
            {
                return 0;
            }

            int free = _messages.Pool.FreeCount * _messages.Pool.BlockSize;
            return free < _limits.ReceiveSize ? free : _limits.ReceiveSize;
        }

        /// <summary>Bytes have arrived. What is not a whole packet yet is kept.</summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="buffer">Holds the bytes; may be used again afterwards.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="count">Bytes, at most what ReceiveWindow says.</param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        public void Receive(int slot, byte[] buffer, int offset, int count, long nowMs)
        {
            _nowMs = nowMs;
            Counters[Counter.BytesReceived] += count;
            int end = offset + count;
            if (_stashLength[slot] > 0 && !_isPaused[slot])
            {
                offset = FinishStash(slot, buffer, offset, end);
            }

            if (_stashLength[slot] == 0 && !_isPaused[slot])
            {
                offset = Parse(slot, buffer, offset, end);
            }

            if (offset < end)
            {
                Stash(slot, buffer, offset, end - offset);
            }
        }

        /// <summary>Handles whole packets one after the other.</summary>
        /// <returns>Where the first byte stands that was not handled; end after an error.</returns>
        private int Parse(int slot, byte[] buffer, int at, int end)
        {
            while (at < end)
            {
                if (_state[slot] > (byte)ConnectionState.Connected)
                {
                    return end;
                }

                if (_queues.Responses[slot] >= _limits.MaxQueuedResponses)
                {
                    // The client takes no responses: let its bytes wait with it.
                    _isPaused[slot] = true;
                    Counters[Counter.LimitResponses]++;
                    return at;
                }

                int size = PacketSize(slot, buffer, at, end);
                if (size < 0)
                {
                    return end;
                }

                if (size == 0 || size > end - at)
                {
                    return at;
                }

                int header = buffer[at + 1] < 0x80 ? 2 : size - _remainingLength;
                HandlePacket(slot, buffer[at], buffer, at + header, size - header);
                at += size;
            }

            return at;
        }

        /// <summary>Reads a Fixed Header and refuses what is too large before it arrives.</summary>
        /// <returns>Bytes of the whole packet; 0 when more are needed; -1 when refused.</returns>
        private int PacketSize(int slot, byte[] buffer, int at, int end)
        {
            bool isConnected = _state[slot] == (byte)ConnectionState.Connected;
            if (!isConnected && buffer[at] != PacketType.Connect << 4)
            {
                // [MQTT-3.1.0-1]
                Violate(slot, ReasonCode.ProtocolError,
                    "the first packet is not a CONNECT [MQTT-3.1.0-1]");
                return -1;
            }

            int used = FixedHeader.DecodeRemainingLength(buffer, at + 1, end, out _remainingLength);
            if (used == 0)
            {
                return 0;
            }

            if (used < 0)
            {
                Violate(slot, ReasonCode.MalformedPacket,
                    "the Remaining Length has more than four bytes");
                return -1;
            }

            int size = 1 + used + _remainingLength;
            if (size > (isConnected ? _limits.MaxPacketSize : _limits.MaxConnectSize))
            {
                Counters[Counter.LimitPacketSize]++;
                EndConnection(slot, ReasonCode.PacketTooLarge,
                    "the packet is larger than allowed [MQTT-3.2.2-15]");
                return -1;
            }

            return size;
        }

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
            int at = Parse(slot, _packet, 0, whole);
            if (at < whole)
            {
                Stash(slot, _packet, at, whole - at);
            }

            return offset + missing;
        }

        private void Stash(int slot, byte[] buffer, int offset, int count)
        {
            if (_state[slot] > (byte)ConnectionState.Connected)
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
        }

        private void DropStash(int slot)
        {
            _messages.Pool.Free(_stashFirst[slot]);
            _stashFirst[slot] = BlockPool.None;
            _stashLength[slot] = 0;
            _stashNeed[slot] = 0;
        }

        /// <summary>Goes on with a connection that paused, once its responses are taken.</summary>
        private void Resume(int slot)
        {
            _isPaused[slot] = false;
            int length = _stashLength[slot];
            if (length == 0)
            {
                return;
            }

            _messages.Pool.Read(_stashFirst[slot], 0, _packet, 0, length);
            DropStash(slot);
            int at = Parse(slot, _packet, 0, length);
            if (at < length)
            {
                Stash(slot, _packet, at, length - at);
            }
        }
    }
}
