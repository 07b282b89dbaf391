namespace EdgeBroker.Simulator.Serve;

/// <summary>The figures of a running broker at one moment.</summary>
/// <param name="AtMs">When they were taken, by the host's clock.</param>
/// <param name="Counters">A copy of the broker's counters, indexed by Counter.</param>
/// <param name="Clients">Clients connected.</param>
/// <param name="Connections">Network connections.</param>
/// <param name="Subscriptions">Subscriptions.</param>
/// <param name="Retained">Retained Messages.</param>
/// <param name="UsedBytes">Memory of the core in use.</param>
/// <param name="BudgetBytes">Memory of the core in all.</param>
public sealed record Figures(long AtMs, long[] Counters, int Clients, int Connections,
    long Subscriptions, long Retained, long UsedBytes, long BudgetBytes);
