using System.Text;
using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>Longest Reason String in bytes.</summary>
        private const int MaxReasonLength = 100;

        /// <summary>
        /// Room for CONNACK and DISCONNECT with properties, beside topics and codes.
        /// </summary>
        internal const int ScratchExtra = 240;

        private int _refused = None;
        private readonly ConnackPacket _connack = new ConnackPacket();
        private readonly PropertyWriter _properties = new PropertyWriter();

        private bool SendConnack(int slot, bool isAssigned, int idLength, int serverKeepAliveS)
        {
            PropertyWriter writer = _properties;
            writer.Begin(_scratch, 0, _scratch.Length);
            if (_version[slot] == ProtocolVersion.V5)
            {
                if ((_flags[slot] & WantsSession) != 0)
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
                    int at = _scratch.Length - idLength;
                    _clientIds.Read(slot, _scratch, at);
                    writer.AddText(PropertyId.AssignedClientIdentifier, _scratch, at, idLength);
                }

                writer.AddByte(PropertyId.SubscriptionIdentifierAvailable, 0);
                writer.AddByte(PropertyId.SharedSubscriptionAvailable, 0);
                if (serverKeepAliveS > 0)
                {
                    writer.AddTwoByte(PropertyId.ServerKeepAlive, serverKeepAliveS);
                }
            }

            _connack.Version = _version[slot];
            _connack.SessionPresent = false;
            _connack.ReasonCode = ReasonCode.Success;
            _connack.Properties.Use(_scratch, 0, writer.Length);
            return SendEncoded(slot, _connack.Encode(_response, 0, _response.Length));
        }

        private bool SendEncoded(int slot, int length)
        {
            return length > 0 && length <= _clientPacketSize[slot]
                && RespondRaw(slot, _response, length);
        }

        private void RefuseVersion(int slot, ConnectPacket connect)
        {
            bool isMqtt = connect.IsMqttName || connect.IsMqIsdpName;
            if (!isMqtt)
            {
                EndConnection(slot, ReasonCode.UnsupportedProtocolVersion, connect.Violation);
                return;
            }

            // Clients older than 5.0 get their answer in the form of 3.1.1 [MQTT-3.1.2-2].
            _version[slot] = connect.Version > ProtocolVersion.V5
                ? ProtocolVersion.V5
                : ProtocolVersion.V311;
            RefuseConnect(slot, ReasonCode.UnsupportedProtocolVersion, connect.Violation);
        }

        /// <summary>Answers a CONNECT with a Reason Code and closes [MQTT-3.2.2-7].</summary>
        private void RefuseConnect(int slot, byte code, string why)
        {
            _refused = slot;
            Notify(BrokerEvent.ConnectRefused, slot, code, why);
            _refused = None;
            bool isV5 = _version[slot] == ProtocolVersion.V5;
            bool isSilent = !isV5
                && (code == ReasonCode.MalformedPacket || code == ReasonCode.ProtocolError);
            _state[slot] = (byte)ConnectionState.Closing;
            _sinceMs[slot] = _nowMs;
            DropStash(slot);
            if (!isSilent)
            {
                _connack.Version = _version[slot];
                _connack.SessionPresent = false; // [MQTT-3.2.2-6]
                _connack.ReasonCode = code;
                _connack.Properties.Clear();
                if (isV5)
                {
                    UseReasonString(_connack.Properties, why);
                }

                int length = _connack.Encode(_response, 0, _response.Length);
                if (length > _clientPacketSize[slot])
                {
                    _connack.Properties.Clear(); // [MQTT-3.2.2-19]
                    length = _connack.Encode(_response, 0, _response.Length);
                }

                SendEncoded(slot, length);
            }

            Arm(_nowMs + _settings.ClosingTimeoutMs);
            MarkReady(slot);
        }

        /// <summary>Puts a plain phrase into the scratch buffer as a Reason String.</summary>
        private void UseReasonString(PropertySet properties, string why)
        {
            properties.Clear();
            if (why == null || why.Length > MaxReasonLength)
            {
                return;
            }

            int at = _scratch.Length - why.Length;
            int length = Encoding.UTF8.GetBytes(why, 0, why.Length, _scratch, at);
            _properties.Begin(_scratch, 0, at);
            _properties.AddText(PropertyId.ReasonString, _scratch, at, length);
            properties.Use(_scratch, 0, _properties.Length);
        }
    }
}
