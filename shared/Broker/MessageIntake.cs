using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Stores what clients publish, in the one form that serves both versions: Topic Name with
    /// its length, payload, properties.
    /// </summary>
    public sealed class MessageIntake
    {
        private readonly MessageStore _store;
        private readonly Clock _clock;

        /// <param name="store">Takes the messages.</param>
        /// <param name="clock">The broker's time.</param>
        public MessageIntake(MessageStore store, Clock clock)
        {
            _store = store;
            _clock = clock;
        }

        /// <summary>Stores the message of a decoded PUBLISH.</summary>
        /// <returns>The message with one reference, the caller's; None without room.</returns>
        public int StorePublish(PublishPacket publish)
        {
            byte[] buffer = publish.Buffer;
            int topic = publish.TopicLength + 2;
            int payload = publish.PayloadLength;
            int properties = publish.Properties.Length;
            int expiry = properties > 0
                ? publish.Properties.Find(PropertyId.MessageExpiryInterval, -1)
                : -1;
            int message = _store.Begin(topic + payload + properties, properties, expiry >= 0);
            if (message == MessageStore.None)
            {
                return message;
            }

            if (publish.Retain && publish.Qos > 0)
            {
                _store.SetQos(message, publish.Qos);
            }

            BlockPool pool = _store.Pool;
            int start = publish.TopicOffset - 2;
            if (publish.PayloadOffset == start + topic)
            {
                // 3.1.1 at QoS 0: topic and payload lie side by side, one copy does.
                pool.Append(buffer, start, topic + payload);
                return message;
            }

            pool.Append(buffer, start, topic);
            if (payload > 0)
            {
                pool.Append(buffer, publish.PayloadOffset, payload);
            }

            if (properties > 0)
            {
                PropertySet set = publish.Properties;
                pool.Append(set.Buffer, set.Offset, properties);
                if (expiry >= 0)
                {
                    _store.AppendTrailer(topic + payload + expiry - set.Offset, _clock.NowMs);
                }
            }

            return message;
        }

        /// <summary>Stores the Will Message of a decoded CONNECT.</summary>
        /// <returns>The message with one reference, the caller's; None without room.</returns>
        public int StoreWill(ConnectPacket connect)
        {
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
                return message;
            }

            _store.SetQos(message, connect.WillQos);
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

            return message;
        }
    }
}
