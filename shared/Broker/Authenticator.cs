using EdgeBroker.Codec;

namespace EdgeBroker.Broker
{
    /// <summary>Decides who may connect.</summary>
    public abstract class Authenticator
    {
        /// <summary>Judges a CONNECT whose form has been checked.</summary>
        /// <returns>
        /// Success, BadUserNameOrPassword, NotAuthorized or any other code that CONNACK allows.
        /// </returns>
        public abstract byte Authenticate(ConnectPacket connect);
    }
}
