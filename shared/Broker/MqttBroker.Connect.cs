using System.Text;
using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>The client asked for a session that outlives its connection.</summary>
        private const byte WantsSession = 1;

        private readonly ConnectPacket _connect = new ConnectPacket();
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

            long size = connect.Properties.Number(PropertyId.MaximumPacketSize);
            _clientPacketSize[slot] = size > 0 && size < int.MaxValue ? (int)size : int.MaxValue;
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
            int older = connect.ClientIdLength == 0
                ? None
                : _clientIds.Find(connect.Buffer, connect.ClientIdOffset, connect.ClientIdLength);
            byte code = StoreWill(slot, older);
            if (code != ReasonCode.Success)
            {
                RefuseConnect(slot, code, _why);
                return;
            }

            if (older != None)
            {
                // [MQTT-3.1.4-3]
                Counters[Counter.Takeovers]++;
                EndConnection(older, ReasonCode.SessionTakenOver,
                    "a newer connection has the same Client Identifier [MQTT-3.1.4-3]");
            }

            bool isAssigned = connect.ClientIdLength == 0;
            int idLength = connect.ClientIdLength;
            if (isAssigned)
            {
                idLength = AssignClientId(slot);
            }
            else
            {
                _clientIds.Add(slot, connect.Buffer, connect.ClientIdOffset, idLength);
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

            bool wantsSession = connect.Properties.Number(PropertyId.SessionExpiryInterval) > 0;
            _flags[slot] = wantsSession ? WantsSession : (byte)0;
            if (!SendConnack(slot, isAssigned, idLength, isShortened ? keepAliveS : 0))
            {
                // Nothing else may be sent before CONNACK [MQTT-3.2.0-1].
                DropWill(slot);
                _clientIds.Unlink(slot);
                EndConnection(slot, ReasonCode.QuotaExceeded, "CONNACK cannot be sent");
                return;
            }

            _state[slot] = (byte)ConnectionState.Connected;
            ConnectedClients++;
            if (ConnectedClients > Counters[Counter.ClientsMaximum])
            {
                Counters[Counter.ClientsMaximum] = ConnectedClients;
            }

            Notify(BrokerEvent.Connected, slot, ReasonCode.Success, null);
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

        private int AssignClientId(int slot)
        {
            string prefix = _settings.ClientIdPrefix;
            int start = Encoding.UTF8.GetBytes(prefix, 0, prefix.Length, _scratch, 0);
            int length = start + 8;
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

            _clientIds.Add(slot, _scratch, 0, length);
            return length;
        }
    }
}
