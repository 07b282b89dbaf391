using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>Handles a packet that is whole.</summary>
        private void HandlePacket(int slot, byte[] buffer, int at, int size)
        {
            byte first = buffer[at];
            int offset = at + 1;
            while (buffer[offset++] >= 0x80)
            {
            }

            int length = at + size - offset;
            _connections.Received[slot] = (int)_clock.NowMs;
            int type = first >> 4;
            if (type == PacketType.Publish
                && _connections.State[slot] == (byte)ConnectionState.Connected)
            {
                HandlePublish(slot, first, buffer, offset, length);
                return;
            }

            _counters[Counter.MessagesReceived]++;
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
                case PacketType.Unsubscribe:
                    HandleFilters(slot, first, buffer, offset, length);
                    break;
                case PacketType.Pingreq when length > 0:
                    Violate(slot, ReasonCode.MalformedPacket, "PINGREQ has a body");
                    break;
                case PacketType.Pingreq:
                    _responses.Add(slot, PacketType.Pingresp << 4, 0); // [MQTT-3.12.4-1]
                    break;
                case PacketType.Disconnect:
                    HandleDisconnect(slot, first, buffer, offset, length);
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

        private void HandleAck(int slot, byte first, byte[] buffer, int offset, int length)
        {
            byte code = _reason.Decode(buffer, offset, length, first, _connections.Version[slot]);
            if (code != ReasonCode.Success)
            {
                Violate(slot, code, _reason.Violation);
                return;
            }

            _exchange.Take(slot, first >> 4, _reason);
        }
    }
}
