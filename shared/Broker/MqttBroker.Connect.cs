using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private string _why;

        private void HandleConnect(int slot, byte[] buffer, int offset, int length)
        {
            if (!IsStranger(slot))
            {
                // [MQTT-3.1.0-2]
                Violate(slot, ReasonCode.ProtocolError, "a second CONNECT [MQTT-3.1.0-2]");
                return;
            }

            ConnectPacket connect = _connect;
            byte code = connect.Decode(buffer, offset, length);
            _connections.Version[slot] = connect.Version;
            if (code != ReasonCode.Success)
            {
                _counters[Counter.ProtocolErrors]++;
                if (connect.Version == 0)
                {
                    EndConnection(slot, code, connect.Violation); // It is not MQTT.
                }
                else
                {
                    RefuseConnect(slot, code, connect.Violation);
                }

                return;
            }

            long size = connect.Properties.Number(PropertyId.MaximumPacketSize);
            _connections.ClientPacketSize[slot] =
                size > 0 && size < int.MaxValue ? (int)size : int.MaxValue;
            if (!_connectRate.Take(_connections.Origin[slot], _clock.NowMs))
            {
                _counters[Counter.LimitConnectRate]++;
                RefuseConnect(slot, ReasonCode.ConnectionRateExceeded,
                    "too many CONNECTs per second");
                return;
            }

            _why = null;
            code = Judge(connect);
            if (code != ReasonCode.Success)
            {
                RefuseConnect(slot, code, _why);
                return;
            }

            Accept(slot);
        }

        /// <summary>Decides about a well-formed CONNECT.</summary>
        /// <returns>Success, or why it is refused, with the words in _why.</returns>
        private byte Judge(ConnectPacket connect)
        {
            if (connect.ClientIdLength > _limits.MaxClientIdLength
                || (connect.ClientIdLength == 0 && !_settings.AllowZeroLengthClientId))
            {
                _counters[Counter.LimitClientId]++;
                _why = connect.ClientIdLength == 0
                    ? "an empty Client Identifier is not allowed"
                    : "the Client Identifier is too long";
                return ReasonCode.ClientIdentifierNotValid;
            }

            int most = _settings.MaxKeepAliveS;
            if (most > 0 && connect.Version != ProtocolVersion.V5
                && (connect.KeepAliveS == 0 || connect.KeepAliveS > most))
            {
                // 3.1.1 has no way to tell a client a shorter one; mosquitto answers so too.
                _why = "the Keep Alive is longer than allowed";
                return ReasonCode.ClientIdentifierNotValid;
            }

            if (connect.Properties.Has(PropertyId.AuthenticationMethod))
            {
                _why = "enhanced authentication is not supported";
                return ReasonCode.BadAuthenticationMethod;
            }

            _why = "not authorized";
            byte code = _authenticator.Authenticate(connect);
            return code != ReasonCode.Success || !connect.HasWill ? code : JudgeWill(connect);
        }

        private byte JudgeWill(ConnectPacket connect)
        {
            byte[] buffer = connect.Buffer;
            int topic = connect.WillTopicLength;
            byte code = TopicName.Check(
                buffer, connect.WillTopicOffset, topic, _limits.MaxTopicLevels);
            if (topic > _limits.MaxTopicLength || code == ReasonCode.QuotaExceeded)
            {
                _counters[Counter.LimitTopic]++;
                _why = "the Will Topic is too long or has too many levels";
                return ReasonCode.QuotaExceeded;
            }

            if (code != ReasonCode.Success)
            {
                _why = "the Will Topic is empty or has a wildcard [MQTT-3.3.2-2]";
                return ReasonCode.MalformedPacket;
            }

            if (connect.Version == ProtocolVersion.V5 && connect.WillQos > _settings.MaxQos)
            {
                _why = "the Will QoS is higher than supported [MQTT-3.2.2-12]";
                return ReasonCode.QosNotSupported;
            }

            if (connect.WillRetain && !_settings.RetainAvailable)
            {
                _why = "Retained Messages are not supported [MQTT-3.2.2-13]";
                return ReasonCode.RetainNotSupported;
            }

            return ReasonCode.Success;
        }

        private void Accept(int slot)
        {
            ConnectPacket connect = _connect;
            int older = connect.ClientIdLength == 0
                ? None
                : _clientIds.Find(connect.Buffer, connect.ClientIdOffset, connect.ClientIdLength);
            if (older == None && _connections.Clients >= _limits.MaxConnections)
            {
                _counters[Counter.LimitConnections]++;
                RefuseConnect(slot, ReasonCode.ServerBusy, "as many clients as there may be");
                return;
            }

            // A Will at $SYS is taken and goes nowhere, as a PUBLISH to it would: every bridge of
            // mosquitto has one there.
            if (connect.HasWill
                && !IsSys(connect.Buffer, connect.WillTopicOffset, connect.WillTopicLength)
                && !StoreWill(slot, older))
            {
                _counters[Counter.LimitMessageMemory]++;
                RefuseConnect(slot, ReasonCode.QuotaExceeded,
                    "no memory is left for the Will Message");
                return;
            }

            if (older != None)
            {
                // [MQTT-3.1.4-3]
                _counters[Counter.Takeovers]++;
                TakeOver(older);
            }

            bool isAssigned = connect.ClientIdLength == 0;
            bool hasId = isAssigned
                ? _clientIds.Assign(slot, _settings.ClientIdPrefix, _scratch)
                : _clientIds.Add(slot, connect.Buffer, connect.ClientIdOffset,
                    connect.ClientIdLength);
            if (!hasId)
            {
                _wills.Drop(slot);
                _counters[Counter.LimitClientId]++;
                RefuseConnect(
                    slot, ReasonCode.QuotaExceeded, "no room is left for the Client Identifier");
                return;
            }

            int keepAliveS = connect.KeepAliveS;
            int most = _settings.MaxKeepAliveS;
            bool isShortened = most > 0 && (keepAliveS == 0 || keepAliveS > most);
            if (isShortened)
            {
                keepAliveS = most; // [MQTT-3.1.2-21]
            }

            _connections.KeepAliveMs[slot] = keepAliveS * 1500; // [MQTT-3.1.2-22]
            if (keepAliveS > 0)
            {
                _clock.Arm(_clock.NowMs + _connections.KeepAliveMs[slot]);
            }

            _connections.WantsSession[slot] =
                connect.Properties.Number(PropertyId.SessionExpiryInterval) > 0;
            if (!SendConnack(slot, isAssigned, isShortened ? keepAliveS : 0))
            {
                // Nothing else may be sent before CONNACK [MQTT-3.2.0-1].
                _wills.Drop(slot);
                _clientIds.Unlink(slot);
                EndConnection(slot, ReasonCode.QuotaExceeded, "CONNACK cannot be sent");
                return;
            }

            _connections.State[slot] = (byte)ConnectionState.Connected;
            int clients = ++_connections.Clients;
            if (clients > _counters[Counter.ClientsMaximum])
            {
                _counters[Counter.ClientsMaximum] = clients;
            }

            Notify(BrokerEvent.Connected, slot, ReasonCode.Success, null);
        }

        private bool StoreWill(int slot, int older)
        {
            ConnectPacket connect = _connect;
            byte[] buffer = connect.Buffer;
            int topic = connect.WillTopicLength;
            // Will Delay Interval is for the broker; what is left goes out with the message. A
            // session ends with its connection here, so the delay is always 0 (section 3.1.3.2.2).
            PropertySet set = connect.WillProperties;
            int properties = 0;
            int expiry = -1;
            if (connect.Version == ProtocolVersion.V5)
            {
                properties = set.CopyWithout(
                    PropertyId.WillDelayInterval, set.Buffer, set.Offset, set.Length);
                set.Use(set.Buffer, set.Offset, properties);
                expiry = set.Find(PropertyId.MessageExpiryInterval, -1);
            }

            int length = 2 + topic + connect.WillPayloadLength + properties;
            int message = _store.Begin(length, properties, expiry >= 0);
            if (message == MessageStore.None)
            {
                return false;
            }

            BlockPool pool = _store.Pool;
            pool.Append(buffer, connect.WillTopicOffset - 2, 2 + topic);
            pool.Append(buffer, connect.WillPayloadOffset, connect.WillPayloadLength);
            if (properties > 0)
            {
                pool.Append(set.Buffer, set.Offset, properties);
            }

            if (expiry >= 0)
            {
                _store.AppendTrailer(length - properties + expiry - set.Offset, _clock.NowMs);
            }

            bool isKept = _wills.Set(slot, message, connect.WillRetain, older);
            _store.Release(message);
            return isKept;
        }
    }
}
