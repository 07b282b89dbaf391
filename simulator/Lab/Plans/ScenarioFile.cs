using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Lab.Plans;

/// <summary>A plan that is one scenario, as it is written down.</summary>
/// <param name="About">A sentence about it.</param>
/// <param name="Scenario">The scenario.</param>
internal sealed record ScenarioFile(string About, Scenario Scenario);
