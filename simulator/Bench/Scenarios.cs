using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Bench;

/// <summary>All scenarios there are.</summary>
internal static class Scenarios
{
    /// <summary>In the order in which they are measured and shown: idle has to meet brokers that
    /// have kept no memory yet.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Idle(),
        new FlowScenario("fanin", "50 publishers, one subscriber", Layout.FanIn, 50, 1000),
        new FlowScenario("fanout", "one publisher, 50 subscribers", Layout.FanOut, 50, 200),
        new FlowScenario("pairs", "25 publishers with a subscriber each", Layout.Pairs, 25, 1000),
        new FlowScenario("wild", "10,000 filters with wildcards, of which two match",
            Layout.Wild, 10_000, 1000),
        new PingPong(),
        new Connects(),
        new Retained(),
    ];

    /// <summary>The one with a name, or null.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(s => s.Name == name);
}
