using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Lets in everybody or nobody, as the recording says it.</summary>
internal sealed class SwitchedAuthenticator : Authenticator
{
    /// <summary>Whether clients may connect.</summary>
    public bool IsOpen { get; set; } = true;

    /// <inheritdoc/>
    public override byte Authenticate(ConnectPacket connect) =>
        IsOpen ? ReasonCode.Success : ReasonCode.NotAuthorized;
}
