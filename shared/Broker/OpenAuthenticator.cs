using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>
    /// Lets in everybody or nobody: a user name proves nothing without a password to compare.
    /// </summary>
    public sealed class OpenAuthenticator : Authenticator
    {
        private readonly bool _allowAnonymous;

        /// <param name="allowAnonymous">Whether clients may connect.</param>
        public OpenAuthenticator(bool allowAnonymous)
        {
            _allowAnonymous = allowAnonymous;
        }

        /// <inheritdoc/>
        public override byte Authenticate(ConnectPacket connect)
        {
            return _allowAnonymous ? ReasonCode.Success : ReasonCode.NotAuthorized;
        }
    }
}
