using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    /// <summary>Answers every CONNECT with one Reason Code.</summary>
    public sealed class FixedAuthenticator : Authenticator
    {
        /// <summary>The answer.</summary>
        public byte Code;

        /// <inheritdoc />
        public override byte Authenticate(ConnectPacket connect)
        {
            return Code;
        }
    }
}
