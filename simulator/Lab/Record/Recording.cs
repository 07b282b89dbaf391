using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>What a broker was made of, so that the same one can be made again.</summary>
/// <param name="Limits">Its limits.</param>
/// <param name="Settings">Its settings, secrets included.</param>
/// <param name="AllowsAnonymous">Whether clients may connect.</param>
/// <param name="StartMs">The clock of its host when it was made.</param>
/// <param name="StartedUtc">What time it was then.</param>
/// <param name="Program">Name and version of the program.</param>
public sealed record Recording(BrokerLimits Limits, BrokerSettings Settings,
    bool AllowsAnonymous, long StartMs, DateTime StartedUtc, string Program)
{
    /// <summary>Of a broker of this program.</summary>
    public Recording(BrokerLimits limits, BrokerSettings settings, bool allowsAnonymous,
        long startMs, DateTime startedUtc)
        : this(limits, settings, allowsAnonymous, startMs, startedUtc, MqttBroker.Version)
    {
    }
}
