using System;
using EdgeBroker.Simulator.Cost.Operations;

namespace EdgeBroker.Simulator.Cost;

/// <summary>An operation that can be counted.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="About">What it is, in a few words.</param>
/// <param name="Make">Makes it for a protocol version.</param>
public sealed record OperationInfo(string Name, string About, Func<byte, Operation> Make)
{
    /// <summary>How many of what it is about are in one Run.</summary>
    public int Parts { get; init; } = 1;
}
