using EdgeBroker.Simulator.Lab.Plans;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// The door of a WovenLab for simulations: scenarios and outcomes pass it as JSON, for the types on
/// both sides are not the same.
/// </summary>
public static class SimulationWorker
{
    /// <summary>Plays a scenario.</summary>
    /// <param name="scenario">As PlanFile writes it.</param>
    /// <param name="recordPath">Where a recording goes, or null.</param>
    /// <param name="pcapPath">Where a capture goes, or null.</param>
    /// <returns>The Outcome.</returns>
    public static string Play(string scenario, string? recordPath, string? pcapPath) =>
        Simulation.Run(PlanFile.Parse(scenario, "the scenario").Scenario!, recordPath, pcapPath)
            .Write();
}
