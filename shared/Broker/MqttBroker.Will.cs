using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private string _why;

        /// <summary>Stores the Will of the CONNECT that is being handled.</summary>
        /// <param name="slot">The connection.</param>
        /// <param name="older">The connection that it takes over, whose Will goes, or None.</param>
        /// <returns>Success, or why the CONNECT is refused, with the words in _why.</returns>
        private byte StoreWill(int slot, int older)
        {
            ConnectPacket connect = _connect;
            if (!connect.HasWill)
            {
                return ReasonCode.Success;
            }

            byte code = CheckWill();
            if (code != ReasonCode.Success)
            {
                return code;
            }

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
            int message = BeginMessage(length, properties, expiry >= 0);
            if (message == MessageStore.None)
            {
                return RefuseWill();
            }

            BlockPool pool = _messages.Pool;
            pool.Append(buffer, connect.WillTopicOffset - 2, 2 + topic);
            pool.Append(buffer, connect.WillPayloadOffset, connect.WillPayloadLength);
            if (properties > 0)
            {
                pool.Append(set.Buffer, set.Offset, properties);
            }

            if (expiry >= 0)
            {
                _messages.AppendTrailer(length - properties + expiry - set.Offset, _nowMs);
            }

            bool isKept = CanPin(message, older == None ? MessageStore.None : _will[older], 0);
            if (isKept)
            {
                Pin(message);
                _will[slot] = message;
                _willHeader[slot] = connect.WillRetain ? RetainedHeader : PlainHeader;
            }

            _messages.Release(message);
            return isKept ? ReasonCode.Success : RefuseWill();
        }

        private byte CheckWill()
        {
            ConnectPacket connect = _connect;
            bool isV5 = connect.Version == ProtocolVersion.V5;
            byte[] buffer = connect.Buffer;
            int topic = connect.WillTopicLength;
            byte code = TopicName.Check(
                buffer, connect.WillTopicOffset, topic, _limits.MaxTopicLevels);
            bool isTooLong = topic > _limits.MaxTopicLength || code == ReasonCode.QuotaExceeded;
            if (code != ReasonCode.Success || isTooLong)
            {
                Counters[Counter.LimitTopic] += isTooLong ? 1 : 0;
                _why = "the Will Topic is invalid or too long";
                return ReasonCode.TopicNameInvalid;
            }

            if (IsSys(buffer, connect.WillTopicOffset, topic))
            {
                _why = "$SYS belongs to the broker";
                return ReasonCode.NotAuthorized;
            }

            if (isV5 && connect.WillQos > _settings.MaxQos)
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

        private byte RefuseWill()
        {
            _why = "no memory is left for the Will Message";
            Counters[Counter.LimitMessageMemory]++;
            return ReasonCode.QuotaExceeded;
        }

        private void PublishWill(int slot)
        {
            int message = _will[slot];
            if (message == MessageStore.None)
            {
                return;
            }

            _will[slot] = MessageStore.None;
            if (_messages.CanExpire(message))
            {
                // Its expiry counts from its publication (section 3.1.3.2.4).
                _messages.RestartExpiry(message, _nowMs);
            }

            bool isRetained = _willHeader[slot] == RetainedHeader;
            bool isEmpty = _messages.Length[message] - _messages.PropertiesOf(message)
                == 2 + _messages.TopicLength(message);
            // It may be kept again, as a Retained Message.
            _pinnedBlocks -= _messages.BlocksOf(message);
            PublishStored(slot, message, isRetained, isEmpty);
            _messages.Release(message);
        }

        /// <summary>Routes a message that is not that of the packet being handled.</summary>
        private void PublishStored(int slot, int message, bool isRetained, bool isEmpty)
        {
            int length = _messages.TopicLength(message);
            _messages.Pool.Read(message, 2, _scratch, 0, length);
            int route = _routes.Find(_scratch, 0, length, RouteCache.None);
            if (route == RouteCache.None)
            {
                return; // $SYS has more levels than the limits allow.
            }

            if (isRetained && isEmpty)
            {
                Forget(_scratch, 0, length);
            }
            else if (isRetained)
            {
                Retain(slot, _scratch, 0, length, message);
            }

            Deliver(None, route, message, isRetained);
        }

        private void DropWill(int slot)
        {
            if (_will[slot] != MessageStore.None)
            {
                Unpin(_will[slot]);
                _will[slot] = MessageStore.None;
            }
        }
    }
}
