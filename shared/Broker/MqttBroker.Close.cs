using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>
        /// Tells all clients that the broker ends [0x8B]; Wills are not published. The one verb
        /// whose work grows with the number of connections.
        /// </summary>
        public void Shutdown(long nowMs)
        {
            _clock.Advance(nowMs);
            for (int slot = 0; slot < _connections.Touched; slot++)
            {
                if (_connections.State[slot] == (byte)ConnectionState.Connected)
                {
                    _wills.Drop(_parts.SessionOf(slot));
                }

                if (_connections.State[slot] != (byte)ConnectionState.Free)
                {
                    EndConnection(slot, ReasonCode.ServerShuttingDown, "the broker shuts down");
                }
            }

            _tap?.ShutDown(nowMs);
        }

        private void HandleDisconnect(int slot, byte first, byte[] buffer, int offset, int length)
        {
            byte version = _connections.Version[slot];
            byte code = _reason.Decode(buffer, offset, length, first, version);
            if (code != ReasonCode.Success)
            {
                Violate(slot, code, _reason.Violation);
                return;
            }

            bool isV5 = version == ProtocolVersion.V5;
            if (isV5 && !_connections.WantsSession[slot]
                && _reason.Properties.Number(PropertyId.SessionExpiryInterval) > 0)
            {
                Violate(slot, ReasonCode.ProtocolError,
                    "DISCONNECT sets a Session Expiry Interval that was 0 (section 3.14.2.2.2)");
                return;
            }

            if (_parts.Sessions != null && _reason.Properties.Has(PropertyId.SessionExpiryInterval))
            {
                _life.Keep(slot, (int)_reason.Properties.Number(PropertyId.SessionExpiryInterval));
            }

            byte reason = _reason.ReasonCode;
            Notify(BrokerEvent.Disconnected, slot, reason, null);
            _life.Leave(slot, isV5 && reason != ReasonCode.NormalDisconnection);
            BeginClosing(slot);
        }

        /// <summary>Ends a connection for breaking the protocol.</summary>
        private void Violate(int slot, byte reasonCode, string why)
        {
            _counters[Counter.ProtocolErrors]++;
            EndConnection(slot, reasonCode, why);
        }

        /// <summary>
        /// Ends a connection from the broker's side: its Will goes out, 5.0 clients are told why.
        /// </summary>
        private void EndConnection(int slot, byte reasonCode, string why)
        {
            if (_connections.State[slot] >= (byte)ConnectionState.Closing)
            {
                return;
            }

            Notify(BrokerEvent.Closed, slot, reasonCode, why);
            bool isConnected = _connections.State[slot] == (byte)ConnectionState.Connected;
            if (isConnected)
            {
                _life.Leave(slot, true);
            }

            BeginClosing(slot);
            if (isConnected && _connections.Version[slot] == ProtocolVersion.V5)
            {
                _responses.AddDisconnect(slot, reasonCode, why);
            }
        }

        /// <summary>
        /// A newer connection has the Client Identifier. One whose socket takes nothing goes
        /// without a word, so its slot is free for the next who comes back.
        /// </summary>
        private void TakeOver(int slot)
        {
            bool isBlocked = _queues.Offers.State[slot] == Offers.Blocked;
            EndConnection(slot, ReasonCode.SessionTakenOver,
                "a newer connection has the same Client Identifier [MQTT-3.1.4-3]");
            if (isBlocked)
            {
                CutOff(slot);
            }
        }

        /// <summary>Throws away what waits for a connection that is closing.</summary>
        private void CutOff(int slot)
        {
            _queues.Clear(slot, false);
            _queues.Offers.MarkReady(slot);
        }

        /// <summary>
        /// Nothing more is read from a connection. Responses still go out, CONNACK above all
        /// [MQTT-3.2.0-1], and a packet that is partly sent.
        /// </summary>
        private void BeginClosing(int slot)
        {
            _connections.State[slot] = (byte)ConnectionState.Closing;
            _isPlain[slot] = false;
            _connections.Since[slot] = _clock.Stamp();
            _inbound.Clear(slot);
            _queues.Clear(slot, true);
            _clock.Arm(_clock.NowMs + _parts.Settings.ClosingTimeoutMs);
            if (_queues.Offers.State[slot] != Offers.Blocked || !_queues.HasAny(slot))
            {
                _queues.Offers.MarkReady(slot);
            }
        }
    }
}
