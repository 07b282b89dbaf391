using System.Text;
using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>Longest Reason String in bytes.</summary>
        private const int MaxReasonLength = 100;

        /// <summary>Bytes of a SUBACK or UNSUBACK with one Reason Code.</summary>
        private const int MaxShortAck = 6;

        /// <summary>
        /// Room for CONNACK and DISCONNECT with properties, beside what clients name.
        /// </summary>
        internal const int ScratchExtra = 160;

        private int _refused = None;

        private bool SendConnack(int slot, bool isAssigned, int serverKeepAliveS)
        {
            PropertyWriter writer = _properties;
            writer.Begin(_scratch, 0, _scratch.Length);
            byte version = _connections.Version[slot];
            if (version == ProtocolVersion.V5)
            {
                if (_connections.WantsSession[slot])
                {
                    writer.AddFourByte(PropertyId.SessionExpiryInterval, 0);
                }

                writer.AddByte(PropertyId.MaximumQos, _settings.MaxQos); // [MQTT-3.2.2-9]
                if (!_settings.RetainAvailable)
                {
                    writer.AddByte(PropertyId.RetainAvailable, 0);
                }

                writer.AddFourByte(PropertyId.MaximumPacketSize, _limits.MaxPacketSize);
                if (isAssigned)
                {
                    // [MQTT-3.2.2-16]
                    int length = _clientIds.LengthOf(slot);
                    int at = _scratch.Length - length;
                    _clientIds.Read(slot, _scratch, at);
                    writer.AddText(PropertyId.AssignedClientIdentifier, _scratch, at, length);
                }

                writer.AddByte(PropertyId.SubscriptionIdentifierAvailable, 0);
                writer.AddByte(PropertyId.SharedSubscriptionAvailable, 0);
                if (serverKeepAliveS > 0)
                {
                    writer.AddTwoByte(PropertyId.ServerKeepAlive, serverKeepAliveS);
                }
            }

            return RespondRaw(slot, ConnackEncoder.Encode(_response, 0, _response.Length,
                version, false, ReasonCode.Success, _scratch, 0, writer.Length));
        }

        /// <summary>Answers a CONNECT with a Reason Code and closes [MQTT-3.2.2-7].</summary>
        private void RefuseConnect(int slot, byte code, string why)
        {
            _refused = slot;
            Notify(BrokerEvent.ConnectRefused, slot, code, why);
            _refused = None;
            byte version = _connections.Version[slot];
            int reason = version == ProtocolVersion.V5 ? WriteReasonString(why) : 0;
            int length = ConnackEncoder.Encode(
                _response, 0, _response.Length, version, false, code, _scratch, 0, reason);
            if (length > _connections.ClientPacketSize[slot])
            {
                // [MQTT-3.2.2-19]
                length = ConnackEncoder.Encode(
                    _response, 0, _response.Length, version, false, code, null, 0, 0);
            }

            BeginClosing(slot);
            // There is nothing to send where 3.1.1 closes without a word [MQTT-3.1.4-1].
            RespondRaw(slot, length);
        }

        /// <summary>Tells a 5.0 client why its connection ends.</summary>
        private void SendDisconnect(int slot, byte reasonCode, string why)
        {
            int length = DisconnectEncoder.Encode(
                _response, 0, _response.Length, reasonCode, _scratch, 0, WriteReasonString(why));
            if (length > _connections.ClientPacketSize[slot])
            {
                // [MQTT-3.14.2-3]
                length = DisconnectEncoder.Encode(
                    _response, 0, _response.Length, reasonCode, null, 0, 0);
            }

            RespondRaw(slot, length);
        }

        /// <summary>Writes a plain phrase as a Reason String to the scratch buffer.</summary>
        /// <returns>Bytes of that property, which begins at 0; 0 for a phrase too long.</returns>
        private int WriteReasonString(string why)
        {
            if (why == null || why.Length > MaxReasonLength)
            {
                return 0;
            }

            int at = _scratch.Length - why.Length;
            int length = Encoding.UTF8.GetBytes(why, 0, why.Length, _scratch, at);
            _properties.Begin(_scratch, 0, at);
            _properties.AddText(PropertyId.ReasonString, _scratch, at, length);
            return _properties.Length;
        }
    }
}
