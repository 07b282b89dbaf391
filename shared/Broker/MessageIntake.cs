using EdgeBroker.Codec;
using EdgeBroker.Memory;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Stores what clients publish, in the one form that serves both versions: Topic Name with
    /// its length, payload, properties.
    /// </summary>
    public static class MessageIntake
    {
        /// <summary>Stores the message of a decoded PUBLISH.</summary>
        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="publish">The packet.</param>
        /// <returns>The message with one reference, the caller's; None without room.</returns>
        public static int StorePublish(BrokerParts parts, PublishPacket publish)
        {
            MessageStore store = parts.Store;
            byte[] buffer = publish.Buffer;
            int topic = publish.TopicLength + 2;
            int payload = publish.PayloadLength;
            int properties = publish.Properties.Length;
            int expiry = properties > 0
                ? publish.Properties.Find(PropertyId.MessageExpiryInterval, -1)
                : -1;
            int message = store.Begin(topic + payload + properties, properties, expiry >= 0);
            if (message == MessageStore.None)
            {
                return message;
            }

            if (publish.Retain && publish.Qos > 0)
            {
                store.SetQos(message, publish.Qos);
            }

            BlockPool pool = store.Pool;
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
                    store.AppendTrailer(topic + payload + expiry - set.Offset, parts.Clock.NowMs);
                }
            }

            return message;
        }

        /// <summary>Stores the Will Message of a decoded CONNECT.</summary>
        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="connect">The packet.</param>
        /// <returns>The message with one reference, the caller's; None without room.</returns>
        public static int StoreWill(BrokerParts parts, ConnectPacket connect)
        {
            MessageStore store = parts.Store;
            byte[] buffer = connect.Buffer;
            int topic = connect.WillTopicLength;
            // Will Delay Interval is for the broker; what is left goes out with the message.
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
            int message = store.Begin(length, properties, expiry >= 0);
            if (message == MessageStore.None)
            {
                return message;
            }

            store.SetQos(message, connect.WillQos);
            BlockPool pool = store.Pool;
            pool.Append(buffer, connect.WillTopicOffset - 2, 2 + topic);
            pool.Append(buffer, connect.WillPayloadOffset, connect.WillPayloadLength);
            if (properties > 0)
            {
                pool.Append(set.Buffer, set.Offset, properties);
            }

            if (expiry >= 0)
            {
                store.AppendTrailer(length - properties + expiry - set.Offset, parts.Clock.NowMs);
            }

            return message;
        }
    }
}
