using EdgeBroker.Tests.Desktop.Structure.Samples.Codec;
using EdgeBroker.Tests.Desktop.Structure.Samples.Topics;

namespace EdgeBroker.Tests.Desktop.Structure.Samples.Broker;

/// <summary>Sees itself and what lies below.</summary>
internal sealed class GoodBroker
{
    public static bool Look(BadTopics topics, BadBroker broker) =>
        BadCodec.Look(topics) && broker == null;
}
