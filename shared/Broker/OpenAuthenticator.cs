using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>Lets in everybody, or everybody who gives a user name.</summary>
    public sealed class OpenAuthenticator : Authenticator
    {
        private readonly bool _allowAnonymous;

        /// <param name="allowAnonymous">Whether clients may connect without a user name.</param>
        public OpenAuthenticator(bool allowAnonymous)
        {
            _allowAnonymous = allowAnonymous;
        }

        /// <inheritdoc/>
        public override byte Authenticate(ConnectPacket connect)
        {
            return _allowAnonymous || connect.HasUserName
                ? ReasonCode.Success
                : ReasonCode.NotAuthorized;
        }
    }
}
