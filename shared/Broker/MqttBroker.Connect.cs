using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
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

            code = _rules.Judge(connect);
            if (code != ReasonCode.Success)
            {
                RefuseConnect(slot, code, _rules.Why);
                return;
            }

            Accept(slot);
        }

        /// <summary>Answers a CONNECT with a Reason Code and closes [MQTT-3.2.2-7].</summary>
        private void RefuseConnect(int slot, byte code, string why)
        {
            _refused = slot;
            Notify(BrokerEvent.ConnectRefused, slot, code, why);
            _refused = None;
            BeginClosing(slot);
            _responses.AddRefusal(slot, code, why);
        }

        private void Accept(int slot)
        {
            ConnectPacket connect = _connect;
            int session = connect.ClientIdLength == 0
                ? None
                : _clientIds.Find(
                    connect.Buffer, connect.ClientIdOffset, connect.ClientIdLength);
            int older = _parts.ConnectionOf(session);
            if (older == None && _connections.Clients >= _parts.Limits.MaxConnections)
            {
                _counters[Counter.LimitConnections]++;
                RefuseConnect(slot, ReasonCode.ServerBusy, "as many clients as there may be");
                return;
            }

            // A Will at $SYS is taken and goes nowhere, as a PUBLISH to it would: every bridge of
            // mosquitto has one there.
            bool hasWill = connect.HasWill && !SysTopics.Has(
                connect.Buffer, connect.WillTopicOffset, connect.WillTopicLength);
            long delayS = hasWill ? connect.WillDelayS() : 0;
            int will = hasWill ? _wills.Take(connect, session) : 0;
            if (hasWill && will == 0)
            {
                _counters[Counter.LimitMessageMemory]++;
                RefuseConnect(slot, ReasonCode.QuotaExceeded,
                    "no memory is left for the Will Message");
                return;
            }

            if (older != None)
            {
                _counters[Counter.Takeovers]++; // [MQTT-3.1.4-3]
                TakeOver(older);
            }

            Begin(slot, will, delayS);
        }

        /// <summary>A client that may connect gets its session and CONNACK.</summary>
        private void Begin(int slot, int will, long delayS)
        {
            ConnectPacket connect = _connect;
            bool isAssigned = connect.ClientIdLength == 0;
            bool isPresent = _life.Enter(slot, connect);
            int session = _parts.SessionOf(slot);
            bool hasId = isPresent || (isAssigned
                ? _clientIds.Assign(session, _parts.Settings.ClientIdPrefix, _parts.Scratch)
                : _clientIds.Add(session, connect.Buffer, connect.ClientIdOffset,
                    connect.ClientIdLength));
            if (!hasId)
            {
                _life.Abandon(slot);
                _wills.Discard(will);
                _counters[Counter.LimitClientId]++;
                RefuseConnect(
                    slot, ReasonCode.QuotaExceeded, "no room is left for the Client Identifier");
                return;
            }

            _wills.Give(session, will, delayS);
            int serverKeepAliveS = _deadlines.SetKeepAlive(slot, connect.KeepAliveS);
            _connections.WantsSession[slot] = connect.ExpiryS() != 0;
            bool isKept = _life.Keep(slot, connect.ExpiryS());
            if (!_responses.AddConnack(slot, session, isAssigned, serverKeepAliveS, isPresent,
                isKept))
            {
                // Nothing else may be sent before CONNACK [MQTT-3.2.0-1].
                _life.Leave(slot, false);
                EndConnection(slot, ReasonCode.QuotaExceeded, "CONNACK cannot be sent");
                return;
            }

            _connections.State[slot] = (byte)ConnectionState.Connected;
            int clients = ++_connections.Clients;
            if (clients > _counters[Counter.ClientsMaximum])
            {
                _counters[Counter.ClientsMaximum] = clients;
            }

            _parts.Outgoing?.Attach(session, connect.Properties.Number(PropertyId.ReceiveMaximum));
            Notify(BrokerEvent.Connected, slot, ReasonCode.Success, null);
        }
    }
}
