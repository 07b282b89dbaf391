using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>
        /// How many bytes Receive takes from a connection now. 0 means: leave them in the socket
        /// and ask again when TakeReady has come empty.
        /// </summary>
        public int ReceiveWindow(int slot)
        {
            if (_isPaused[slot] || (_queues.Responses[slot] > 0 && IsBehind(slot))
                || (_firstReady != None && IsCrowded()))
            {
                return 0;
            }

            if (_state[slot] == (byte)ConnectionState.AwaitingConnect)
            {
                return _limits.ReceiveSize; // A whole CONNECT needs no room; see AdmitStranger.
            }

            BlockPool pool = _messages.Pool;
            int size = pool.BlockSize;
            int kept = BlocksPromised(slot);
            int window = (pool.FreeCount - kept) * size;
            if (window <= 0)
            {
                // What waits for somebody who has not been written to yet is not to be dropped.
                if (_firstReady == None)
                {
                    Reclaim((kept + 1) * size);
                    window = (pool.FreeCount - kept) * size;
                }

                if (window <= 0)
                {
                    NoteShortage();
                    return 0;
                }
            }

            return window < _limits.ReceiveSize ? window : _limits.ReceiveSize;
        }

        /// <summary>Whether anything waits to be transmitted to a connection.</summary>
        public bool HasOutput(int slot)
        {
            return _queues.Head[slot] != OutboundQueues.None;
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
            _retained.Steps = 0;
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

                if (_firstReady != None && IsCrowded())
                {
                    // What was queued from these bytes goes out first: nobody is slow yet.
                    _isPaused[slot] = true;
                    _needsCare[slot] = true;
                    _awaitsFlush[slot] = true;
                    _flushesAwaited++;
                    return at;
                }

                if (_queues.Responses[slot] > 0 && IsBehind(slot))
                {
                    // The client takes no responses: let its bytes wait with it.
                    _isPaused[slot] = true;
                    _needsCare[slot] = true;
                    Counters[Counter.LimitResponses]++;
                    return at;
                }

                if (buffer[at] == PacketType.Publish << 4 && end - at > 4 && buffer[at + 1] < 0x80
                    && buffer[at + 1] + 2 <= end - at
                    && ForwardPlain(slot, buffer, at + 2, buffer[at + 1]))
                {
                    at += buffer[at + 1] + 2;
                    continue;
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

                HandleWhole(slot, buffer, at, size);
                at += size;
            }

            return at;
        }

        private void HandleWhole(int slot, byte[] buffer, int at, int size)
        {
            int lengthBytes = 1;
            while (buffer[at + lengthBytes] >= 0x80)
            {
                lengthBytes++;
            }

            int header = 1 + lengthBytes;
            HandlePacket(slot, buffer[at], buffer, at + header, size - header);
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

            int remaining;
            int used = FixedHeader.DecodeRemainingLength(buffer, at + 1, end, out remaining);
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

            int size = 1 + used + remaining;
            if (size > (isConnected ? _limits.MaxPacketSize : _limits.MaxConnectSize))
            {
                Counters[Counter.LimitPacketSize]++;
                EndConnection(slot, ReasonCode.PacketTooLarge,
                    "the packet is larger than allowed [MQTT-3.2.2-15]");
                return -1;
            }

            return size;
        }
    }
}
