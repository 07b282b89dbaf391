using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>What a SUBSCRIBE or UNSUBSCRIBE asks for, one Topic Filter at a time.</summary>
    public static class FilterRequests
    {
        private const int Uncounted = -1;

        /// <summary>Judges the filter at which a packet stands, and subscribes to it.</summary>
        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="replays">Told when Retained Messages have to go out.</param>
        /// <param name="packet">The packet.</param>
        /// <param name="slot">Who has sent it.</param>
        /// <param name="identifier">Subscription Identifier; 0 or less for none.</param>
        /// <returns>The Reason Code for SUBACK.</returns>
        public static byte Subscribe(BrokerParts parts, Replays replays, SubscribePacket packet,
            int slot, int identifier)
        {
            byte[] buffer = packet.Buffer;
            int offset = packet.FilterOffset;
            int length = packet.FilterLength;
            SharedGroups groups = parts.Outgoing?.Groups;
            bool isShared = TopicFilter.IsShared(buffer, offset, length);
            if (isShared && groups == null)
            {
                return Refuse(parts, slot, ReasonCode.SharedSubscriptionsNotSupported,
                    Uncounted, "Shared Subscriptions are not supported");
            }

            if (length > parts.Limits.MaxTopicLength || TopicFilter.Check(
                buffer, offset, length, parts.Limits.MaxTopicLevels) != ReasonCode.Success)
            {
                return Refuse(parts, slot, ReasonCode.QuotaExceeded, Counter.LimitTopic,
                    "the Topic Filter is too long or has too many levels");
            }

            SubscriptionTable subscriptions = parts.Subscriptions;
            int session = parts.SessionOf(slot);
            int count = subscriptions.CountOf(session)
                + (groups == null ? 0 : groups.CountOf(session));
            if (count >= parts.Limits.MaxSubscriptionsPerClient && !(isShared
                ? groups.Has(session, buffer, offset, length)
                : subscriptions.Has(session, buffer, offset, length)))
            {
                return Refuse(parts, slot, ReasonCode.QuotaExceeded,
                    Counter.LimitSubscriptionsPerClient, "the client has too many subscriptions");
            }

            // [MQTT-3.8.4-8]
            int qos = packet.Options & SubscriptionOptions.QosMask;
            int most = parts.Outgoing == null ? 0 : parts.Settings.MaxQos;
            qos = qos < most ? qos : most;
            int option = (packet.Options & ~SubscriptionOptions.QosMask) | qos;
            int result = isShared
                ? groups.Subscribe(session, buffer, offset, length, (byte)option, identifier)
                : subscriptions.Subscribe(session, buffer, offset, length, (byte)option);
            if (result < 0)
            {
                return Refuse(parts, slot, ReasonCode.QuotaExceeded, Counter.LimitSubscriptions,
                    result == SubscriptionTable.Crowded
                        ? "too many Topic Filters have the same hash"
                        : "the subscription table is full, or the client's share of it");
            }

            if (identifier > 0)
            {
                parts.Outgoing.NoteIdentifier(session);
            }

            if (isShared)
            {
                return (byte)qos; // Nothing retained goes out for it (section 4.8.2).
            }

            if (subscriptions.Numbers != null)
            {
                subscriptions.Numbers.Of[subscriptions.Last] = identifier > 0 ? identifier : 0;
            }

            int handling = (option & SubscriptionOptions.RetainHandlingMask)
                >> SubscriptionOptions.RetainHandlingShift;
            if (handling == 0 || (handling == 1 && result == SubscriptionTable.Added))
            {
                replays.Add(session, subscriptions.Last); // [MQTT-3.3.1-9]
                parts.Connections.IsPlain[slot] = false;
            }

            return (byte)qos;
        }

        /// <summary>Unsubscribes from the filter at which a packet stands.</summary>
        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="replays">Told which subscription has gone.</param>
        /// <param name="packet">The packet.</param>
        /// <param name="slot">Who has sent it.</param>
        /// <returns>The Reason Code for UNSUBACK.</returns>
        public static byte Unsubscribe(
            BrokerParts parts, Replays replays, SubscribePacket packet, int slot)
        {
            byte[] buffer = packet.Buffer;
            int offset = packet.FilterOffset;
            int length = packet.FilterLength;
            int session = parts.SessionOf(slot);
            SharedGroups groups = parts.Outgoing?.Groups;
            if (groups != null && TopicFilter.IsShared(buffer, offset, length))
            {
                return groups.Unsubscribe(session, buffer, offset, length)
                    ? ReasonCode.Success
                    : ReasonCode.NoSubscriptionExisted;
            }

            if (!parts.Subscriptions.Unsubscribe(session, buffer, offset, length))
            {
                return ReasonCode.NoSubscriptionExisted;
            }

            replays.Remove(session, parts.Subscriptions.Last);
            return ReasonCode.Success;
        }

        private static byte Refuse(
            BrokerParts parts, int slot, byte code, int counter, string why)
        {
            if (counter != Uncounted)
            {
                parts.Counters[counter]++;
            }

            parts.Observer?.On(BrokerEvent.SubscribeRefused, slot, code, why);
            return code;
        }
    }
}
