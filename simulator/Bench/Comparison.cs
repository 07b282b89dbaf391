using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// Measures scenarios with several brokers in turns, so that what changes on the computer meanwhile
/// changes it for all of them.
/// </summary>
/// <param name="targets">The brokers; others are compared with the first.</param>
/// <param name="scenarios">What is measured.</param>
/// <param name="payloads">With these sizes, in bytes.</param>
/// <param name="load">And this load.</param>
/// <param name="rounds">How often.</param>
internal sealed class Comparison(IReadOnlyList<Target> targets, IReadOnlyList<Scenario> scenarios,
    IReadOnlyList<int> payloads, Load load, int rounds)
{
    private readonly List<BenchResult> _results = [];
    private readonly List<string> _failures = [];

    /// <summary>What was measured.</summary>
    public IReadOnlyList<BenchResult> Results => _results;

    /// <summary>What could not be measured, and why.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Told before each measurement what comes.</summary>
    public Action<string> Telling { get; init; } = _ => { };

    /// <summary>Measures all.</summary>
    public void Run(CancellationToken cancel)
    {
        for (int round = 1; round <= rounds; round++)
        {
            foreach ((Scenario scenario, int payload) in scenarios
                .Where(scenario => round == 1 || scenario.IsRepeated).SelectMany(Sizes))
            {
                for (int i = 0; i < targets.Count && !cancel.IsCancellationRequested; i++)
                {
                    // Another one first in each round.
                    Target target = targets[(i + round - 1) % targets.Count];
                    Telling($"round {round} of {rounds}: {scenario.Name}, {payload} bytes, "
                        + target.Name);
                    Measure(target, scenario, payload, round, cancel);
                }
            }
        }
    }

    /// <summary>Those whose payload means nothing are measured once.</summary>
    private IEnumerable<(Scenario Scenario, int Payload)> Sizes(Scenario scenario) =>
        (scenario.HasPayload ? payloads : [0]).Select(payload => (scenario, payload));

    private void Measure(Target target, Scenario scenario, int payload, int round,
        CancellationToken cancel)
    {
        try
        {
            int qos = scenario.HasQos ? load.Qos : 0;
            BenchResult result = scenario.Run(
                target, load with { Payload = payload, Qos = qos, Cancel = cancel });
            _results.Add(result with
            {
                Scenario = scenario.Name,
                Broker = target.Name,
                Payload = payload,
                Version = load.Version,
                Qos = qos,
                Round = round,
            });
        }
        catch (OperationCanceledException)
        {
            // Half a measurement is none.
        }
        catch (BenchException e)
        {
            _failures.Add($"{scenario.Name}, {payload} bytes, {target.Name}: {e.Message}");
        }
    }
}
