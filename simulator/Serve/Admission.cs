using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Lets in everybody or nobody; there are no passwords that could tell.</summary>
public sealed class Admission : Authenticator
{
    /// <param name="isOpen">Whether clients may connect.</param>
    public Admission(bool isOpen)
    {
        IsOpen = isOpen;
    }

    /// <summary>Whether clients may connect; changed by the core's thread only.</summary>
    public bool IsOpen { get; set; }

    /// <inheritdoc/>
    public override byte Authenticate(ConnectPacket connect)
    {
        return IsOpen ? ReasonCode.Success : ReasonCode.NotAuthorized;
    }
}
