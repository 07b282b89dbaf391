using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>
        /// Handles whole packets one after the other, as long as there is room. That it may begin
        /// was seen before.
        /// </summary>
        /// <returns>Where the first byte stands that was not handled; end after an error.</returns>
        private int Parse(int slot, byte[] buffer, int at, int end)
        {
            int plainLength = _plainLength;
            do
            {
                if (buffer[at] == PacketType.Publish << 4 && end - at > 4)
                {
                    int length = buffer[at + 1];
                    int next = at + 2 + length;
                    if (length <= plainLength && next <= end
                        && _plain.Forward(slot, buffer, at + 2, length))
                    {
                        _connections.Received[slot] = (int)_clock.NowMs;
                        at = next;
                        continue;
                    }

                    if (_router.IsCrowded)
                    {
                        return at;
                    }
                }

                int size = PacketSize(slot, buffer, at, end);
                if (size < 0)
                {
                    return end;
                }

                if (size == 0 || size > end - at
                    || !_router.MayHandle(buffer[at] >> 4, size))
                {
                    return at;
                }

                HandlePacket(slot, buffer, at, size);
                at += size;
                if (_wills.DueCount > 0)
                {
                    _wills.PublishDue();
                }

                if (_connections.State[slot] > (byte)ConnectionState.Connected)
                {
                    return end;
                }
            }
            while (at < end && !MustWait(slot));
            return at;
        }

        /// <summary>Whether queues come first, or the client's own responses.</summary>
        private bool MustWait(int slot)
        {
            return _router.IsCrowded || (_queues.Responses[slot] > 0 && _responses.IsBehind(slot));
        }

        private bool IsStranger(int slot)
        {
            return _connections.State[slot] == (byte)ConnectionState.AwaitingConnect;
        }

        /// <summary>
        /// Puts a kept beginning together with what has arrived, then handles the rest.
        /// </summary>
        /// <returns>Where the first byte stands that was not used up.</returns>
        private int FinishPacket(int slot, byte[] buffer, int offset, int end)
        {
            int have = _inbound.Length[slot];
            int size = _inbound.Need[slot];
            if (size == 0)
            {
                int more = end - offset < FixedHeader.MaxSize ? end - offset : FixedHeader.MaxSize;
                _inbound.Peek(slot, _packet, have);
                System.Array.Copy(buffer, offset, _packet, have, more);
                size = PacketSize(slot, _packet, 0, have + more);
                if (size < 0)
                {
                    return end;
                }
            }

            int missing = size - have;
            if (size == 0 || missing > end - offset)
            {
                Keep(slot, buffer, offset, end - offset, size);
                return end;
            }

            _inbound.Peek(slot, _packet, have);
            System.Array.Copy(buffer, offset, _packet, have, missing);
            if (Parse(slot, _packet, 0, size) == 0)
            {
                // There is no room for it: it waits with what came behind it.
                Keep(slot, buffer, offset, end - offset, size);
                _inbound.PromiseLast(slot, buffer, offset + missing, end);
                Pause(slot);
                return end;
            }

            _inbound.Clear(slot);
            offset += missing;
            if (_connections.State[slot] > (byte)ConnectionState.Connected)
            {
                return end;
            }

            return offset < end && !MustWait(slot) ? Parse(slot, buffer, offset, end) : offset;
        }

        /// <summary>Keeps what could not be handled: half a packet, or whole ones.</summary>
        private void KeepRest(int slot, byte[] buffer, int offset, int end)
        {
            if (MustWait(slot))
            {
                Keep(slot, buffer, offset, end - offset, 0);
                _inbound.PromiseLast(slot, buffer, offset, end);
                Pause(slot);
                return;
            }

            int size = PacketSize(slot, buffer, offset, end);
            if (size >= 0)
            {
                Keep(slot, buffer, offset, end - offset, size);
            }
        }

        private void Keep(int slot, byte[] buffer, int offset, int count, int size)
        {
            bool isStranger = IsStranger(slot);
            bool wasWaiting = _inbound.IsWaiting(slot);
            bool isFirst = _inbound.Length[slot] == 0;
            _inbound.Keep(slot, buffer, offset, count, size, isStranger);
            if (!isStranger && (isFirst || (wasWaiting && !_inbound.IsWaiting(slot))))
            {
                _connections.Since[slot] = _clock.Stamp();
            }

            _clock.Arm(_inbound.Waiting > 0
                ? _clock.NowMs
                : _clock.NowMs + _parts.Settings.PacketTimeoutMs);
        }

        private void Pause(int slot)
        {
            _inbound.IsPaused[slot] = true;
            if (_router.IsCrowded)
            {
                _turns.Add(slot);
            }
            else
            {
                _counters[Counter.LimitResponses]++;
            }
        }

        /// <summary>Goes on with packets that were kept, as long as there is room.</summary>
        private void Resume(int slot)
        {
            while (_inbound.IsPaused[slot] && !MustWait(slot))
            {
                int header = _inbound.Peek(slot, _packet, FixedHeader.MaxSize);
                int size = PacketSize(slot, _packet, 0, header);
                if (size < 0)
                {
                    return;
                }

                int length = _inbound.Length[slot];
                if (size == 0 || size > length)
                {
                    // Nothing whole is left: from here on it is an unfinished packet.
                    _inbound.Peek(slot, _packet, length);
                    _inbound.Restart(slot);
                    _connections.Received[slot] = _clock.Stamp();
                    Keep(slot, _packet, 0, length, size);
                    return;
                }

                _inbound.Peek(slot, _packet, size);
                if (Parse(slot, _packet, 0, size) > 0 && _inbound.IsPaused[slot])
                {
                    _inbound.Skip(slot, size);
                }
            }
        }

        /// <summary>Reads a Fixed Header and refuses what is too large before it arrives.</summary>
        /// <returns>Bytes of the whole packet; 0 when more are needed; -1 when refused.</returns>
        private int PacketSize(int slot, byte[] buffer, int at, int end)
        {
            bool isConnected = _connections.State[slot] == (byte)ConnectionState.Connected;
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
            if (size > (isConnected ? _parts.Limits.MaxPacketSize : _parts.Limits.MaxConnectSize))
            {
                _counters[Counter.LimitPacketSize]++;
                EndConnection(slot, ReasonCode.PacketTooLarge,
                    "the packet is larger than allowed [MQTT-3.2.2-15]");
                return -1;
            }

            return size;
        }
    }
}
