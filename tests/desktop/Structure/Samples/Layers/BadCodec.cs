using EdgeBroker.Tests.Desktop.Structure.Samples.Topics;

namespace EdgeBroker.Tests.Desktop.Structure.Samples.Codec;

/// <summary>Sees upwards in the body of a method.</summary>
internal static class BadCodec
{
    public static bool Look(object other) => other is BadTopics;
}
