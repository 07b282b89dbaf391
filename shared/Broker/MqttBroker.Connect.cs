using System.Text;
using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>The client asked for a session that outlives its connection.</summary>
        private const byte WantsSession = 1;

        /// <summary>Longest Reason String in bytes.</summary>
        private const int MaxReasonLength = 100;

        /// <summary>Room for CONNACK and DISCONNECT with properties, beside topics and codes.</summary>
        private const int ScratchExtra = 240;

        private readonly ConnectPacket _connect;
        private readonly ConnackPacket _connack;
        private readonly PropertyWriter _properties;
        private long _connectCredit;
        private long _connectCreditMs;
        private int _assignedIds;

        private void HandleConnect(int slot, byte[] buffer, int offset, int length)
        {
            if (_state[slot] == (byte)ConnectionState.Connected)
            {
                // [MQTT-3.1.0-2]
                Violate(slot, ReasonCode.ProtocolError, "a second CONNECT [MQTT-3.1.0-2]");
                return;
            }

            ConnectPacket connect = _connect;
            byte code = connect.Decode(buffer, offset, length);
            _version[slot] = connect.Version;
            if (code == ReasonCode.UnsupportedProtocolVersion)
            {
                Counters[Counter.ProtocolErrors]++;
                RefuseVersion(slot, connect);
                return;
            }

            if (code != ReasonCode.Success)
            {
                Counters[Counter.ProtocolErrors]++;
                RefuseConnect(slot, code, connect.Violation);
                return;
            }

            if (!TakeConnectCredit())
            {
                Counters[Counter.LimitConnectRate]++;
                RefuseConnect(slot, ReasonCode.ConnectionRateExceeded,
                    "too many CONNECTs per second");
                return;
            }

            if (connect.ClientIdLength > _limits.MaxClientIdLength
                || (connect.ClientIdLength == 0 && !_settings.AllowZeroLengthClientId))
            {
                Counters[Counter.LimitClientId]++;
                RefuseConnect(slot, ReasonCode.ClientIdentifierNotValid, connect.ClientIdLength == 0
                    ? "an empty Client Identifier is not allowed"
                    : "the Client Identifier is too long");
                return;
            }

            if (connect.Properties.Has(PropertyId.AuthenticationMethod))
            {
                RefuseConnect(slot, ReasonCode.BadAuthenticationMethod,
                    "enhanced authentication is not supported");
                return;
            }

            code = _authenticator.Authenticate(connect);
            if (code != ReasonCode.Success)
            {
                RefuseConnect(slot, code, "not authorized");
                return;
            }

            Accept(slot);
        }

        private void Accept(int slot)
        {
            ConnectPacket connect = _connect;
            byte code = StoreWill(slot);
            if (code != ReasonCode.Success)
            {
                RefuseConnect(slot, code, _why);
                return;
            }

            int older = connect.ClientIdLength == 0
                ? None
                : _clientIds.Find(connect.Buffer, connect.ClientIdOffset, connect.ClientIdLength);
            if (older != None)
            {
                // [MQTT-3.1.4-3]
                Counters[Counter.Takeovers]++;
                EndConnection(older, ReasonCode.SessionTakenOver,
                    "a newer connection has the same Client Identifier [MQTT-3.1.4-3]");
            }

            bool isAssigned = connect.ClientIdLength == 0;
            int idLength = connect.ClientIdLength;
            bool isStored = isAssigned
                ? AssignClientId(slot, out idLength)
                : _clientIds.Add(slot, connect.Buffer, connect.ClientIdOffset, idLength);
            if (!isStored)
            {
                Counters[Counter.LimitClientId]++;
                DropWill(slot);
                RefuseConnect(slot, ReasonCode.QuotaExceeded,
                    "no memory is left for the Client Identifier");
                return;
            }

            int keepAliveS = connect.KeepAliveS;
            int most = _settings.MaxKeepAliveS;
            bool isV5 = connect.Version == ProtocolVersion.V5;
            bool isShortened = isV5 && most > 0 && (keepAliveS == 0 || keepAliveS > most);
            if (isShortened)
            {
                keepAliveS = most; // [MQTT-3.1.2-21]
            }

            _keepAliveMs[slot] = keepAliveS * 1500; // [MQTT-3.1.2-22]: one and a half times
            if (keepAliveS > 0)
            {
                Arm(_nowMs + _keepAliveMs[slot]);
            }

            long size = connect.Properties.Number(PropertyId.MaximumPacketSize);
            _clientPacketSize[slot] = size > 0 && size < int.MaxValue ? (int)size : int.MaxValue;
            bool wantsSession = connect.Properties.Number(PropertyId.SessionExpiryInterval) > 0;
            _flags[slot] = wantsSession ? WantsSession : (byte)0;
            _state[slot] = (byte)ConnectionState.Connected;
            ConnectedClients++;
            if (ConnectedClients > Counters[Counter.ClientsMaximum])
            {
                Counters[Counter.ClientsMaximum] = ConnectedClients;
            }

            SendConnack(slot, isAssigned, idLength, isShortened ? keepAliveS : 0);
            Notify(BrokerEvent.Connected, slot, ReasonCode.Success, null);
        }

        private void SendConnack(int slot, bool isAssigned, int idLength, int serverKeepAliveS)
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
            if (!SendEncoded(slot, _connack.Encode(_response, 0, _response.Length)))
            {
                EndConnection(slot, ReasonCode.QuotaExceeded, "no memory is left for CONNACK");
            }
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
            Notify(BrokerEvent.ConnectRefused, slot, code, why);
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

                SendEncoded(slot, _connack.Encode(_response, 0, _response.Length));
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

        private bool TakeConnectCredit()
        {
            long rate = _limits.MaxConnectRate;
            if (rate == 0)
            {
                return true;
            }

            // Thousandths of a CONNECT; a second's worth can be saved up.
            _connectCredit += (_nowMs - _connectCreditMs) * rate;
            _connectCreditMs = _nowMs;
            if (_connectCredit > rate * 1000)
            {
                _connectCredit = rate * 1000;
            }

            if (_connectCredit < 1000)
            {
                return false;
            }

            _connectCredit -= 1000;
            return true;
        }

        private bool AssignClientId(int slot, out int length)
        {
            string prefix = _settings.ClientIdPrefix;
            int start = Encoding.UTF8.GetBytes(prefix, 0, prefix.Length, _scratch, 0);
            length = start + 8;
            do
            {
                // An odd factor makes distinct numbers out of distinct numbers.
                int number = (++_assignedIds ^ _settings.HashSeed) * -1640531527;
                for (int i = length - 1; i >= start; i--)
                {
                    int digit = number & 15;
                    _scratch[i] = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
                    number >>= 4;
                }
            }
            while (_clientIds.Find(_scratch, 0, length) != ClientIdTable.None);

            return _clientIds.Add(slot, _scratch, 0, length);
        }
    }
}
