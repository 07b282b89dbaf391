using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>What is fixed of a history before it begins; all of it comes from the seed.</summary>
public sealed class HistoryPlan
{
    private static readonly int[] _starts = [5000, 5000, int.MaxValue - 60_000];

    /// <param name="seed">The same seed gives the same history.</param>
    /// <param name="isTight">Whether limits are met all the time, or never.</param>
    public HistoryPlan(int seed, bool isTight)
    {
        Random = new Random(seed);
        IsTight = isTight;
        Limits = isTight ? RandomLimits.Tight(Random) : RandomLimits.Generous();
        Settings = RandomLimits.Settings(Random, isTight);
        StartMs = _starts[Random.Next(_starts.Length)];
        AlwaysRests = !isTight && Random.Next(2) == 0;
        HasHostile = Random.Next(3) == 0;
        MostClients = isTight ? 12 : Random.Next(8) switch { 0 => 200, < 3 => 1, _ => 10 };
    }

    /// <summary>Chooses what happens.</summary>
    public Random Random { get; }

    /// <summary>Whether limits are met all the time, or never.</summary>
    public bool IsTight { get; }

    /// <summary>Limits of the core.</summary>
    public BrokerLimits Limits { get; }

    /// <summary>Settings of the core.</summary>
    public BrokerSettings Settings { get; }

    /// <summary>What the host's clock shows at the start.</summary>
    public long StartMs { get; }

    /// <summary>Whether everything comes to rest after each thing that a client does.</summary>
    public bool AlwaysRests { get; }

    /// <summary>Whether some packets are malformed.</summary>
    public bool HasHostile { get; }

    /// <summary>Most clients at a time.</summary>
    public int MostClients { get; }
}
