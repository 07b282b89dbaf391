using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>The broker that a capture is played into.</summary>
/// <param name="Limits">Its limits.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="AllowsAnonymous">Whether clients may connect.</param>
internal sealed record ReplayBroker(
    BrokerLimits Limits, BrokerSettings Settings, bool AllowsAnonymous);
