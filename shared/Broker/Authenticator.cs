using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>Decides who may connect. This one lets in everybody, or everybody with a name.</summary>
    public class Authenticator
    {
        private readonly bool _allowAnonymous;

        /// <param name="allowAnonymous">Whether clients may connect without a user name.</param>
        public Authenticator(bool allowAnonymous)
        {
            _allowAnonymous = allowAnonymous;
        }

        /// <summary>Judges a CONNECT whose form has been checked.</summary>
        /// <returns>
        /// Success, BadUserNameOrPassword, NotAuthorized or any other code that CONNACK allows.
        /// </returns>
        public virtual byte Authenticate(ConnectPacket connect)
        {
            return _allowAnonymous || connect.HasUserName
                ? ReasonCode.Success
                : ReasonCode.NotAuthorized;
        }
    }
}
