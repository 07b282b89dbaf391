using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>A message that a client is to get, in its place.</summary>
/// <param name="Message">The message.</param>
/// <param name="IsRetained">Whether its RETAIN is to be set.</param>
/// <param name="MayBeRetained">The same, if a subscription was granted of which nobody knows yet.
/// </param>
/// <param name="Verb">The verb that routed it.</param>
/// <param name="IsOptional">Whether it may be left out: nobody knows yet if the subscription was
/// granted.</param>
internal sealed record Expectation(
    Message Message, bool IsRetained, bool MayBeRetained, long Verb, bool IsOptional)
{
    /// <summary>Its QoS.</summary>
    public int Qos { get; init; }

    /// <summary>The same, if a subscription was granted of which nobody knows yet.</summary>
    public int MayHaveQos { get; init; }

    /// <summary>Whether a packet is it.</summary>
    public bool Is(Packet packet) => Message.Is(packet)
        && (packet.Qos == Qos || packet.Qos == MayHaveQos)
        && (packet.Retain == IsRetained || packet.Retain == MayBeRetained);
}
