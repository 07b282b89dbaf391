using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>A network connection has come.</summary>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        /// <returns>
        /// The connection's slot, 0 to MaxConnections - 1; None when all are in use and the host
        /// should close the connection.
        /// </returns>
        public int Open(long nowMs)
        {
            _nowMs = nowMs;
            int slot = _freeSlot;
            if (slot != None)
            {
                _freeSlot = _nextFree[slot];
            }
            else if (_untouchedSlot < _state.Length)
            {
                slot = _untouchedSlot++;
            }
            else
            {
                Counters[Counter.LimitConnections]++;
                return None;
            }

            _state[slot] = (byte)ConnectionState.AwaitingConnect;
            _version[slot] = 0;
            _flags[slot] = 0;
            _keepAliveMs[slot] = 0;
            _clientPacketSize[slot] = int.MaxValue;
            _will[slot] = MessageStore.None;
            _route[slot] = RouteCache.None;
            _transmitOffset[slot] = 0;
            _sinceMs[slot] = nowMs;
            _queueFullMs[slot] = 0;
            _stashFirst[slot] = BlockPool.None;
            _stashLength[slot] = 0;
            _sysReplay[slot] = 0;
            _needsCare[slot] = false;
            _queues.Reset(slot);
            OpenConnections++;
            Counters[Counter.ConnectionsAccepted]++;
            Arm(nowMs + _settings.ConnectTimeoutMs);
            return slot;
        }

        /// <summary>A network connection has gone; its slot is free afterwards.</summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="nowMs">A clock that never goes back, in milliseconds.</param>
        public void Close(int slot, long nowMs)
        {
            _nowMs = nowMs;
            if (_state[slot] == (byte)ConnectionState.Free)
            {
                return;
            }

            if (_state[slot] == (byte)ConnectionState.Connected)
            {
                Notify(BrokerEvent.Lost, slot, ReasonCode.UnspecifiedError, null);
                EndSession(slot, true);
            }

            ClearQueue(slot, false);
            DropStash(slot);
            EndPause(slot);
            _clientIds.Forget(slot);
            _state[slot] = (byte)ConnectionState.Free;
            _nextFree[slot] = _freeSlot;
            _freeSlot = slot;
            OpenConnections--;
        }

        /// <summary>Whether the host should close the network connection of a slot now.</summary>
        public bool WantsClose(int slot)
        {
            return _state[slot] == (byte)ConnectionState.Closing
                && _queues.Head[slot] == OutboundQueues.None;
        }

        /// <summary>
        /// The next slot that has something to transmit or wants to be closed; each is named once
        /// until it has more. After each Receive and Tick the host takes until there is none left,
        /// for then packets are handled that waited for it.
        /// </summary>
        /// <returns>A slot, or None when there is none left.</returns>
        public int TakeReady()
        {
            int slot = _firstReady;
            if (slot == None && _flushesAwaited > 0)
            {
                ResumeFlushed();
                slot = _firstReady;
            }

            if (slot != None)
            {
                _firstReady = _nextReady[slot];
                _isReady[slot] = false;
            }

            return slot;
        }

        /// <summary>
        /// Tells all clients that the broker ends [0x8B]; Wills are not published.
        /// </summary>
        public void Shutdown(long nowMs)
        {
            _nowMs = nowMs;
            for (int slot = 0; slot < _untouchedSlot; slot++)
            {
                if (_state[slot] == (byte)ConnectionState.Connected)
                {
                    DropWill(slot);
                }

                if (_state[slot] != (byte)ConnectionState.Free)
                {
                    EndConnection(slot, ReasonCode.ServerShuttingDown, "the broker shuts down");
                }
            }
        }

        /// <summary>Where a connection stands.</summary>
        public ConnectionState StateOf(int slot)
        {
            return (ConnectionState)_state[slot];
        }

        /// <summary>The protocol version of a connected client, see ProtocolVersion.</summary>
        public byte VersionOf(int slot)
        {
            return _version[slot];
        }

        /// <summary>
        /// Copies a connection's Client Identifier; while a CONNECT is being refused, the one that
        /// stands in it.
        /// </summary>
        /// <param name="slot">A slot in use.</param>
        /// <param name="target">Takes up to MaxClientIdLength bytes of UTF-8.</param>
        /// <returns>Its bytes; 0 when there is none.</returns>
        public int ReadClientId(int slot, byte[] target)
        {
            if (slot != _refused)
            {
                _clientIds.Read(slot, target, 0);
                return _clientIds.LengthOf(slot);
            }

            int length = _connect.ClientIdLength;
            if (length <= 0)
            {
                return 0; // It was what is wrong with the packet.
            }

            length = length < target.Length ? length : target.Length;
            System.Array.Copy(_connect.Buffer, _connect.ClientIdOffset, target, 0, length);
            return length;
        }

        private void Notify(BrokerEvent what, int slot, byte reasonCode, string why)
        {
            if (_observer != null)
            {
                _observer.On(what, slot, reasonCode, why);
            }
        }

        private void MarkReady(int slot)
        {
            if (_isReady[slot])
            {
                return;
            }

            _isReady[slot] = true;
            _nextReady[slot] = None;
            if (_firstReady == None)
            {
                _firstReady = slot;
            }
            else
            {
                _nextReady[_lastReady] = slot;
            }

            _lastReady = slot;
        }
    }
}
