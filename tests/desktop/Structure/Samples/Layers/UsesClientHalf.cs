using EdgeBroker.Tests.Desktop.Structure.Samples.Codec.Client;

namespace EdgeBroker.Tests.Desktop.Structure.Samples.Broker;

/// <summary>Sees the client half of the codec, which the firmware does without.</summary>
internal static class UsesClientHalf
{
    public static bool Ask(object other) => ClientSample.Look(other);
}
