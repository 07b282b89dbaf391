using EdgeBroker.Tests.Desktop.Structure.Samples.Broker;

namespace EdgeBroker.Tests.Desktop.Structure.Samples.Codec.Client;

/// <summary>Stands for the client half of the codec; sees upwards in one method.</summary>
internal static class ClientSample
{
    public static bool Look(object other) => BadCodec.Look(other);

    public static bool Climb(object other) => other is GoodBroker;
}
