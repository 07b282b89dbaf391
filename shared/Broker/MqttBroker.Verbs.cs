using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>Least room for Transmit in bytes.</summary>
        public const int MinCapacity = 64;

        /// <summary>A network connection has come.</summary>
        /// <param name="address">
        /// A number that stands for where it comes from, such as its IPv4 address; 0 if unknown.
        /// </param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        /// <returns>
        /// The connection's slot, below BrokerLimits.Slots(); None when all are in use and the
        /// host should close the connection.
        /// </returns>
        public int Open(int address, long nowMs)
        {
            _clock.Advance(nowMs);
            int slot = _connections.Take(_connectRate.OriginOf(address), _clock.Stamp());
            if (slot == None)
            {
                _counters[Counter.LimitConnections]++;
                _tap?.Opened(None, address, nowMs);
                return None;
            }

            _queues.Open(slot);
            _pressure.FullSince[slot] = 0;
            _parts.Sessions?.Open(slot);
            _counters[Counter.ConnectionsAccepted]++;
            // With every slot taken, all strangers have less time.
            _clock.Arm(_connections.IsFull() ? nowMs : nowMs + _parts.Settings.ConnectTimeoutMs);
            _tap?.Opened(slot, address, nowMs);
            return slot;
        }

        /// <summary>Bytes have arrived. All of them are taken.</summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="buffer">Holds the bytes; may be used again afterwards.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="count">Bytes, at most what ReceiveWindow says.</param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        public void Receive(int slot, byte[] buffer, int offset, int count, long nowMs)
        {
            Clock clock = _clock;
            if (nowMs < clock.NowMs)
            {
                Misuse.OfTime(nowMs, clock.NowMs);
            }

            clock.NowMs = nowMs;
            if (!_isPlain[slot])
            {
                _connections.Check(slot);
            }

            if (count <= 0 || count > ReceiveWindow(slot))
            {
                if (count == 0)
                {
                    return;
                }

                Misuse.OfWindow(count, ReceiveWindow(slot));
            }

            _counters[Counter.BytesReceived] += count;
            int end = offset + count;
            offset = _inbound.Length[slot] > 0
                ? FinishPacket(slot, buffer, offset, end)
                : Parse(slot, buffer, offset, end);
            if (offset < end)
            {
                KeepRest(slot, buffer, offset, end);
            }

            if (!_isPlain[slot])
            {
                _replays.Run(slot);
                _wills.PublishDue();
            }

            _tap?.Received(slot, buffer, end - count, count, nowMs);
        }

        /// <summary>
        /// What has arrived is handed on as it is: Receive and Transmit in one. All of the bytes
        /// must reach the target.
        /// </summary>
        /// <param name="slot">Where it comes from.</param>
        /// <param name="target">Whom PassesTo has just named.</param>
        /// <param name="buffer">Holds the bytes, from its beginning.</param>
        /// <param name="count">Bytes.</param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        public void Pass(int slot, int target, byte[] buffer, int count, long nowMs)
        {
            Clock clock = _clock;
            if (nowMs < clock.NowMs)
            {
                Misuse.OfTime(nowMs, clock.NowMs);
            }

            clock.NowMs = nowMs;
            _connections.Received[slot] = (int)nowMs;
            int payload = _plain.CountIn(slot, buffer, count);
            _tap?.Received(slot, buffer, 0, count, nowMs);
            _plain.CountOut(count, payload);

            // A tap hears of no less room than Transmit takes, so what it records can be played.
            _tap?.Transmitted(target, buffer, 0,
                buffer.Length < MinCapacity ? MinCapacity : buffer.Length, count, nowMs);
        }

        /// <summary>
        /// Writes what waits for a connection, as many whole packets as fit. If more waits
        /// afterwards, the others come first.
        /// </summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="buffer">Takes the bytes; all of them must reach the client.</param>
        /// <param name="offset">Where to begin.</param>
        /// <param name="capacity">
        /// Room in bytes, MinCapacity or more. Only a packet larger than this is cut.
        /// </param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        /// <returns>Bytes written; 0 when nothing waits any more.</returns>
        public int Transmit(int slot, byte[] buffer, int offset, int capacity, long nowMs)
        {
            // Here, in Pass and in Receive, not in a method: a call costs a tenth of all this.
            Clock clock = _clock;
            if (nowMs < clock.NowMs)
            {
                Misuse.OfTime(nowMs, clock.NowMs);
            }

            clock.NowMs = nowMs;
            if (capacity < MinCapacity)
            {
                Misuse.OfCapacity(capacity);
            }

            int written;
            if (!_isPlain[slot])
            {
                written = TransmitWithCare(slot, buffer, offset, capacity);
            }
            else
            {
                written = _writer.Write(slot, buffer, offset, capacity);
                if (_queues.Head[slot] == OutboundQueues.None)
                {
                    _queues.Offers.MarkIdle(slot);
                }
                else
                {
                    _router.OfferAgain(slot);
                }
            }

            _tap?.Transmitted(slot, buffer, offset, capacity, written, nowMs);
            return written;
        }

        /// <summary>
        /// The socket of a connection takes no more now. From here on its queue counts as slow,
        /// until Transmit is called for it again because the socket can be written.
        /// </summary>
        public void Block(int slot, long nowMs)
        {
            Enter(slot, nowMs);
            if (_queues.Offers.State[slot] != Offers.Blocked)
            {
                _queues.Offers.MarkBlocked(slot);
                _patience.NoteTaken(slot);
            }

            _tap?.Blocked(slot, nowMs);
        }

        /// <summary>A network connection has gone; its slot is free afterwards.</summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        public void Close(int slot, long nowMs)
        {
            Enter(slot, nowMs);
            bool isConnected = _connections.State[slot] == (byte)ConnectionState.Connected;
            if (isConnected)
            {
                Notify(BrokerEvent.Lost, slot, ReasonCode.UnspecifiedError, null);
                _life.Leave(slot, true);
            }

            _queues.Clear(slot, false);
            _queues.Offers.MarkIdle(slot);
            _inbound.Clear(slot);
            _life.Forget(slot);
            _connections.Give(slot);
            if (isConnected)
            {
                _wills.PublishDue();
            }

            _tap?.Closed(slot, nowMs);
        }

        private void Enter(int slot, long nowMs)
        {
            _connections.Check(slot);
            _clock.Advance(nowMs);
        }
    }
}
