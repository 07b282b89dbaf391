using System.Collections.Generic;

namespace EdgeBroker.Simulator.Bench;

/// <summary>What a run of `bench` leaves behind, as JSON has it.</summary>
/// <param name="Machine">On what.</param>
/// <param name="Command">The command line that repeats it.</param>
/// <param name="Results">Each result of each round.</param>
/// <param name="Failures">What could not be measured.</param>
internal sealed record BenchLog(Machine Machine, string Command,
    IReadOnlyList<BenchResult> Results, IReadOnlyList<string> Failures);
