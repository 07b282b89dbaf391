using System.Collections.Generic;

namespace EdgeBroker.Simulator.View;

/// <summary>What one picture is drawn from.</summary>
/// <param name="Sample">The broker at one moment.</param>
/// <param name="History">The last minute.</param>
/// <param name="Log">The lines that are kept, the newest last.</param>
/// <param name="State">What the user has chosen.</param>
/// <param name="UpMs">How long the broker has been running, in milliseconds.</param>
/// <param name="HasKeys">Whether there is a keyboard.</param>
public sealed record Frame(Sample Sample, History History, IReadOnlyList<LogLine> Log,
    ViewState State, long UpMs, bool HasKeys);
