using System.Collections.Concurrent;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Plans;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// Plays scenarios on woven cores: every run, whoever wants it. There are as many labs as runs at a
/// time, for each counts the steps of one core.
/// </summary>
public static class SimulationLabs
{
    private static readonly ConcurrentBag<WovenLab> _idle = [];

    /// <summary>Plays a scenario from its beginning to its end.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="recordPath">Where a recording goes, or null; see RunFiles.</param>
    /// <param name="pcapPath">Where a capture goes, or null.</param>
    public static Outcome Run(
        Scenario scenario, string? recordPath = null, string? pcapPath = null)
    {
        WovenLab lab = _idle.TryTake(out WovenLab? idle) ? idle : new WovenLab();
        Outcome Play() => Outcome.Read((string)lab.Call(typeof(SimulationWorker),
            nameof(SimulationWorker.Play), PlanFile.Text("", scenario), recordPath, pcapPath)!);
        try
        {
            // A runtime allocates for itself too, at any time, and more so on a busy machine. What
            // the core allocates comes again, after the same verbs.
            Outcome outcome = Play();
            for (bool isSure = false; outcome.Checker == TwinChecker.Allocation && !isSure;)
            {
                Outcome again = Play();
                isSure = again.Checker == outcome.Checker && again.Trace == outcome.Trace;
                outcome = again;
            }

            return outcome;
        }
        finally
        {
            _idle.Add(lab);
        }
    }
}
