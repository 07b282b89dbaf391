using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private readonly DisconnectPacket _disconnect = new DisconnectPacket();

        private void HandleDisconnect(int slot, byte[] buffer, int offset, int length)
        {
            byte code = _disconnect.Decode(buffer, offset, length, _version[slot]);
            if (code != ReasonCode.Success)
            {
                Violate(slot, code, _disconnect.Violation);
                return;
            }

            bool isV5 = _version[slot] == ProtocolVersion.V5;
            if (isV5 && (_flags[slot] & WantsSession) == 0
                && _disconnect.Properties.Number(PropertyId.SessionExpiryInterval) > 0)
            {
                Violate(slot, ReasonCode.ProtocolError,
                    "DISCONNECT sets a Session Expiry Interval that was 0 (section 3.14.2.2.2)");
                return;
            }

            byte reason = _disconnect.ReasonCode;
            Notify(BrokerEvent.Disconnected, slot, reason, null);
            // [MQTT-3.14.4-3]: only a normal disconnection takes the Will back.
            EndSession(slot, isV5 && reason != ReasonCode.NormalDisconnection);
            BeginClosing(slot, false);
        }

        /// <summary>Ends a connection for breaking the protocol.</summary>
        private void Violate(int slot, byte reasonCode, string why)
        {
            Counters[Counter.ProtocolErrors]++;
            EndConnection(slot, reasonCode, why);
        }

        /// <summary>
        /// Ends a connection from the broker's side: its Will goes out, 5.0 clients are told why.
        /// </summary>
        private void EndConnection(int slot, byte reasonCode, string why)
        {
            if (_state[slot] >= (byte)ConnectionState.Closing)
            {
                return;
            }

            Notify(BrokerEvent.Closed, slot, reasonCode, why);
            bool isTold = _state[slot] == (byte)ConnectionState.Connected
                && _version[slot] == ProtocolVersion.V5;
            if (_state[slot] == (byte)ConnectionState.Connected)
            {
                EndSession(slot, true);
            }

            BeginClosing(slot, true);
            if (isTold)
            {
                _disconnect.Version = ProtocolVersion.V5;
                _disconnect.ReasonCode = reasonCode;
                UseReasonString(_disconnect.Properties, why);
                int length = _disconnect.Encode(_response, 0, _response.Length);
                if (length > _clientPacketSize[slot])
                {
                    _disconnect.Properties.Clear(); // [MQTT-3.14.2-3]
                    length = _disconnect.Encode(_response, 0, _response.Length);
                }

                RespondRaw(slot, _response, length);
            }
        }

        private void BeginClosing(int slot, bool keepsResponses)
        {
            _state[slot] = (byte)ConnectionState.Closing;
            _sinceMs[slot] = _nowMs;
            EndPause(slot);
            _sysReplay[slot] = 0;
            ClearQueue(slot, keepsResponses);
            DropStash(slot);
            Arm(_nowMs + _settings.ClosingTimeoutMs);
            MarkReady(slot);
        }

        /// <summary>A connected client is one no longer; its slot stays in use.</summary>
        private void EndSession(int slot, bool publishesWill)
        {
            ConnectedClients--;
            _subscriptions.RemoveAll(slot);
            _clientIds.Unlink(slot);
            if (publishesWill)
            {
                PublishWill(slot);
            }
            else
            {
                DropWill(slot);
            }
        }

        /// <summary>Empties a queue.</summary>
        /// <param name="slot">Whose queue.</param>
        /// <param name="keepsResponses">
        /// Whether to keep responses, CONNACK above all [MQTT-3.2.0-1], and a packet that is partly
        /// sent.
        /// </param>
        private void ClearQueue(int slot, bool keepsResponses)
        {
            OutboundQueues queues = _queues;
            int previous = OutboundQueues.None;
            int entry = queues.Head[slot];
            bool isBegun = _transmitOffset[slot] > 0;
            while (entry != OutboundQueues.None)
            {
                int next = queues.Next[entry];
                bool isResponse = queues.Header[entry] >> 4 != PacketType.Publish;
                if (keepsResponses && (isResponse || isBegun))
                {
                    previous = entry;
                }
                else
                {
                    ReleaseEntry(slot, entry);
                    queues.Remove(slot, previous);
                }

                isBegun = false;
                entry = next;
            }

            if (!keepsResponses)
            {
                _transmitOffset[slot] = 0;
            }
        }

        /// <summary>Gives up what an entry holds and takes it out of the counts.</summary>
        private void ReleaseEntry(int slot, int entry)
        {
            OutboundQueues queues = _queues;
            int value = queues.Value[entry];
            byte header = queues.Header[entry];
            if (header >> 4 == PacketType.Publish)
            {
                queues.Messages[slot]--;
                queues.Bytes[slot] -= _messages.Length[value];
                _messages.Release(value);
                return;
            }

            queues.Responses[slot]--;
            if (header == OutboundQueues.Raw)
            {
                _messages.Release(value);
            }
        }
    }
}
