using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private readonly AckPacket _ack = new AckPacket();

        private void HandlePacket(int slot, byte first, byte[] buffer, int offset, int length)
        {
            Counters[Counter.MessagesReceived]++;
            _receivedMs[slot] = _nowMs;
            int type = first >> 4;
            if (type == PacketType.Publish && _state[slot] == (byte)ConnectionState.Connected)
            {
                HandlePublish(slot, first, buffer, offset, length);
                return;
            }

            if (FixedHeader.CheckFlags(first) != ReasonCode.Success)
            {
                Violate(slot, ReasonCode.MalformedPacket,
                    "type or flags of the Fixed Header are reserved [MQTT-2.1.3-1]");
                return;
            }

            switch (type)
            {
                case PacketType.Connect:
                    HandleConnect(slot, buffer, offset, length);
                    break;
                case PacketType.Subscribe:
                    HandleSubscribe(slot, buffer, offset, length);
                    break;
                case PacketType.Unsubscribe:
                    HandleUnsubscribe(slot, buffer, offset, length);
                    break;
                case PacketType.Pingreq:
                    HandlePingreq(slot, length);
                    break;
                case PacketType.Disconnect:
                    HandleDisconnect(slot, buffer, offset, length);
                    break;
                case PacketType.Puback:
                case PacketType.Pubrec:
                case PacketType.Pubrel:
                case PacketType.Pubcomp:
                    HandleAck(slot, first, buffer, offset, length);
                    break;
                default:
                    Violate(slot, ReasonCode.ProtocolError,
                        "the packet type is not one that a client sends here");
                    break;
            }
        }

        private void HandlePingreq(int slot, int length)
        {
            if (length != 0)
            {
                Violate(slot, ReasonCode.MalformedPacket, "PINGREQ has a body");
                return;
            }

            Respond(slot, PacketType.Pingresp << 4, 0); // [MQTT-3.12.4-1]
        }

        private void HandleAck(int slot, byte first, byte[] buffer, int offset, int length)
        {
            byte code = _ack.Decode(buffer, offset, length, first, _version[slot]);
            if (code != ReasonCode.Success)
            {
                Violate(slot, code, _ack.Violation);
                return;
            }

            // Nothing above QoS 0 is sent to clients and no QoS 2 taken from them, so whatever is
            // acknowledged is unknown here. The flow is answered so that the client can end it.
            int notFound = _version[slot] == ProtocolVersion.V5
                ? _ack.PacketId | (ReasonCode.PacketIdentifierNotFound << 16)
                : _ack.PacketId;
            if (_ack.Type == PacketType.Pubrec)
            {
                Respond(slot, (PacketType.Pubrel << 4) | 2, notFound);
            }
            else if (_ack.Type == PacketType.Pubrel)
            {
                Respond(slot, PacketType.Pubcomp << 4, notFound);
            }
        }

        /// <summary>Queues a response that is made up when it is sent.</summary>
        /// <param name="slot">A connected client.</param>
        /// <param name="header">First byte of the packet.</param>
        /// <param name="value">Packet Identifier, with the Reason Code above its 16 bits.</param>
        private void Respond(int slot, int header, int value)
        {
            if (AddResponse(slot, (byte)header, value))
            {
                return;
            }

            Counters[Counter.LimitQueueEntries]++;
            EndConnection(slot, ReasonCode.QuotaExceeded, "no queue entry is left for a response");
        }

        private bool AddResponse(int slot, byte header, int value)
        {
            if (!_queues.Add(slot, header, value)
                && !(DropHalfOfLongest(_queues.Messages) && _queues.Add(slot, header, value)))
            {
                return false;
            }

            _needsCare[slot] = true;
            if (_queues.Responses[slot]++ == 0)
            {
                _respondedMs[slot] = _nowMs;
                Arm(_nowMs + _settings.PacketTimeoutMs);
            }

            MarkReady(slot);
            return true;
        }

        /// <summary>Queues a response that stands encoded in the scratch buffer.</summary>
        private bool RespondRaw(int slot, byte[] source, int length)
        {
            int message = _messages.StoreRaw(source, 0, length);
            if (message == MessageStore.None && Reclaim(length))
            {
                message = _messages.StoreRaw(source, 0, length);
            }

            if (message != MessageStore.None)
            {
                if (AddResponse(slot, OutboundQueues.Raw, message))
                {
                    return true;
                }

                _messages.Release(message);
            }

            Counters[message == MessageStore.None
                ? Counter.LimitMessageMemory
                : Counter.LimitQueueEntries]++;
            return false;
        }
    }
}
