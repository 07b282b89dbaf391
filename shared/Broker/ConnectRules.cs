using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Broker
{
    /// <summary>Decides whether a well-formed CONNECT is accepted.</summary>
    public sealed class ConnectRules
    {
        /// <summary>Why the last CONNECT was refused, in plain words.</summary>
        public string Why;

        private readonly BrokerParts _parts;
        private readonly Authenticator _authenticator;

        /// <param name="parts">What the parts of the broker share.</param>
        /// <param name="authenticator">Who may connect.</param>
        public ConnectRules(BrokerParts parts, Authenticator authenticator)
        {
            _parts = parts;
            _authenticator = authenticator;
        }

        /// <summary>Decides about a well-formed CONNECT.</summary>
        /// <returns>Success, or why it is refused, with the words in Why.</returns>
        public byte Judge(ConnectPacket connect)
        {
            if (connect.ClientIdLength > _parts.Limits.MaxClientIdLength
                || (connect.ClientIdLength == 0 && !_parts.Settings.AllowZeroLengthClientId))
            {
                _parts.Counters[Counter.LimitClientId]++;
                Why = connect.ClientIdLength == 0
                    ? "an empty Client Identifier is not allowed"
                    : "the Client Identifier is too long";
                return ReasonCode.ClientIdentifierNotValid;
            }

            int most = _parts.Settings.MaxKeepAliveS;
            if (most > 0 && connect.Version != ProtocolVersion.V5
                && (connect.KeepAliveS == 0 || connect.KeepAliveS > most))
            {
                // 3.1.1 has no way to tell a client a shorter one; mosquitto answers so too.
                Why = "the Keep Alive is longer than allowed";
                return ReasonCode.ClientIdentifierNotValid;
            }

            if (connect.Properties.Has(PropertyId.AuthenticationMethod))
            {
                Why = "enhanced authentication is not supported";
                return ReasonCode.BadAuthenticationMethod;
            }

            Why = "not authorized";
            byte code = _authenticator.Authenticate(connect);
            return code != ReasonCode.Success || !connect.HasWill ? code : JudgeWill(connect);
        }

        private byte JudgeWill(ConnectPacket connect)
        {
            byte[] buffer = connect.Buffer;
            int topic = connect.WillTopicLength;
            byte code = TopicName.Check(
                buffer, connect.WillTopicOffset, topic, _parts.Limits.MaxTopicLevels);
            if (topic > _parts.Limits.MaxTopicLength || code == ReasonCode.QuotaExceeded)
            {
                _parts.Counters[Counter.LimitTopic]++;
                Why = "the Will Topic is too long or has too many levels";
                return ReasonCode.QuotaExceeded;
            }

            if (code != ReasonCode.Success)
            {
                Why = "the Will Topic is empty or has a wildcard [MQTT-3.3.2-2]";
                return ReasonCode.MalformedPacket;
            }

            if (connect.Version == ProtocolVersion.V5 && connect.WillQos > _parts.Settings.MaxQos)
            {
                Why = "the Will QoS is higher than supported [MQTT-3.2.2-12]";
                return ReasonCode.QosNotSupported;
            }

            if (connect.WillRetain && !_parts.Settings.RetainAvailable)
            {
                Why = "Retained Messages are not supported [MQTT-3.2.2-13]";
                return ReasonCode.RetainNotSupported;
            }

            return ReasonCode.Success;
        }
    }
}
