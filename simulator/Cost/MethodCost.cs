namespace EdgeBroker.Simulator.Cost;

/// <summary>What a method does during an operation, those that it calls not included.</summary>
/// <param name="Method">The method.</param>
/// <param name="Work">What it does.</param>
public sealed record MethodCost(WovenMethod Method, WorkAmounts Work)
{
    /// <summary>What it allocates.</summary>
    public long Allocations { get; init; }

    /// <summary>Bytes of that on the device's heap.</summary>
    public long AllocatedBytes { get; init; }
}
