using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        /// <summary>In _codes: granted, and Retained Messages are not to be sent.</summary>
        private const byte NoReplay = 0x40;

        /// <summary>Names that the replays of one SUBSCRIBE may look at in any case.</summary>
        private const int MinReplaySteps = 1000;

        private readonly SubscribePacket _subscribe = new SubscribePacket();
        private readonly UnsubscribePacket _unsubscribe = new UnsubscribePacket();
        private readonly SubackPacket _suback = new SubackPacket();
        private readonly byte[] _codes;

        private void HandleSubscribe(int slot, byte[] buffer, int offset, int length)
        {
            SubscribePacket subscribe = _subscribe;
            byte code = subscribe.Decode(buffer, offset, length, _version[slot]);
            if (code != ReasonCode.Success)
            {
                Violate(slot, code, subscribe.Violation);
                return;
            }

            if (HasTooManyFilters(slot, subscribe.FilterCount))
            {
                return;
            }

            if (_version[slot] == ProtocolVersion.V5
                && subscribe.Properties.Has(PropertyId.SubscriptionIdentifier))
            {
                Violate(slot, ReasonCode.SubscriptionIdentifiersNotSupported,
                    "Subscription Identifiers are not supported (section 3.2.2.3.12)");
                return;
            }

            int count = 0;
            subscribe.Rewind();
            while (subscribe.Next())
            {
                _codes[count++] = Subscribe(slot);
            }

            SendSuback(slot, PacketType.Suback, subscribe.PacketId, count); // [MQTT-3.8.4-1]
            // Filters that walk over everything again and again must not hold up the others: all
            // of one Receive share a budget.
            int mostSteps = 4 * _limits.MaxRetainedLevels + MinReplaySteps;
            count = 0;
            subscribe.Rewind();
            while (_state[slot] == (byte)ConnectionState.Connected && subscribe.Next())
            {
                if (_codes[count++] != ReasonCode.GrantedQos0)
                {
                    continue;
                }

                if (_retained.Steps > mostSteps)
                {
                    Drop(Counter.LimitQueue);
                    return;
                }

                Replay(slot);
            }
        }

        /// <summary>Judges one filter of a SUBSCRIBE and subscribes to it.</summary>
        /// <returns>The Reason Code for SUBACK, or NoReplay.</returns>
        private byte Subscribe(int slot)
        {
            byte[] buffer = _subscribe.Buffer;
            int offset = _subscribe.FilterOffset;
            int length = _subscribe.FilterLength;
            if (TopicFilter.IsShared(buffer, offset, length))
            {
                return RefuseFilter(slot, ReasonCode.SharedSubscriptionsNotSupported,
                    "Shared Subscriptions are not supported");
            }

            byte code = length > _limits.MaxTopicLength
                ? ReasonCode.QuotaExceeded
                : TopicFilter.Check(buffer, offset, length, _limits.MaxTopicLevels);
            if (code == ReasonCode.QuotaExceeded)
            {
                Counters[Counter.LimitTopic]++;
                return RefuseFilter(slot, code,
                    "the Topic Filter is too long or has too many levels");
            }

            if (code != ReasonCode.Success)
            {
                return RefuseFilter(slot, code, "the Topic Filter is invalid [MQTT-4.7.1-1]");
            }

            if (_subscriptions.CountOf(slot) >= _limits.MaxSubscriptionsPerClient
                && !_subscriptions.Has(slot, buffer, offset, length))
            {
                Counters[Counter.LimitSubscriptionsPerClient]++;
                return RefuseFilter(slot, ReasonCode.QuotaExceeded,
                    "the client has too many subscriptions");
            }

            // QoS 0 is what is granted [MQTT-3.8.4-8].
            int option = _subscribe.Options & ~SubscriptionOptions.QosMask;
            int result = _subscriptions.Subscribe(slot, buffer, offset, length, (byte)option);
            if (result == SubscriptionTable.Full)
            {
                Counters[Counter.LimitSubscriptions]++;
                return RefuseFilter(slot, ReasonCode.QuotaExceeded,
                    "the subscription table is full");
            }

            int handling = (option & SubscriptionOptions.RetainHandlingMask)
                >> SubscriptionOptions.RetainHandlingShift;
            bool isReplayed = handling == 0
                || (handling == 1 && result == SubscriptionTable.Added);
            return isReplayed ? ReasonCode.GrantedQos0 : NoReplay; // [MQTT-3.3.1-9]
        }

        private byte RefuseFilter(int slot, byte code, string why)
        {
            Notify(BrokerEvent.SubscribeRefused, slot, code, why);
            return code;
        }

        /// <summary>Sends the Retained Messages of the filter that stands in _subscribe.</summary>
        private void Replay(int slot)
        {
            byte[] buffer = _subscribe.Buffer;
            int offset = _subscribe.FilterOffset;
            int length = _subscribe.FilterLength;
            _retained.Begin(buffer, offset, length);
            int message = _retained.Next();
            while (message != RetainedTable.None)
            {
                if (!_messages.IsExpired(message, _nowMs) && !DeliverRetained(slot, message))
                {
                    return;
                }

                message = _retained.Next();
            }

            ReplaySys(slot, buffer, offset, length);
        }

        private void HandleUnsubscribe(int slot, byte[] buffer, int offset, int length)
        {
            UnsubscribePacket unsubscribe = _unsubscribe;
            byte code = unsubscribe.Decode(buffer, offset, length, _version[slot]);
            if (code != ReasonCode.Success)
            {
                Violate(slot, code, unsubscribe.Violation);
                return;
            }

            if (HasTooManyFilters(slot, unsubscribe.FilterCount))
            {
                return;
            }

            int count = 0;
            unsubscribe.Rewind();
            while (unsubscribe.Next())
            {
                bool wasThere = _subscriptions.Unsubscribe(
                    slot, buffer, unsubscribe.FilterOffset, unsubscribe.FilterLength);
                _codes[count++] = wasThere ? ReasonCode.Success : ReasonCode.NoSubscriptionExisted;
            }

            SendSuback(slot, PacketType.Unsuback, unsubscribe.PacketId, count);
        }

        private bool HasTooManyFilters(int slot, int count)
        {
            if (count <= _codes.Length)
            {
                return false;
            }

            Counters[Counter.LimitFilters]++;
            EndConnection(slot, ReasonCode.QuotaExceeded, "the packet has too many Topic Filters");
            return true;
        }

        private void SendSuback(int slot, byte type, int packetId, int count)
        {
            // The codes go to the end of the buffer whose start takes the packet.
            int at = _response.Length - count;
            for (int i = 0; i < count; i++)
            {
                _response[at + i] = _codes[i] == NoReplay ? ReasonCode.GrantedQos0 : _codes[i];
            }

            _suback.Type = type;
            _suback.Version = _version[slot];
            _suback.PacketId = packetId;
            _suback.Codes = _response;
            _suback.CodesOffset = at;
            _suback.CodeCount = count;
            _suback.Properties.Clear();
            if (!SendEncoded(slot, _suback.Encode(_response, 0, _response.Length)))
            {
                EndConnection(slot, ReasonCode.QuotaExceeded, "SUBACK cannot be sent");
            }
        }
    }
}
