using System;

namespace EdgeBroker.Simulator.Serve;

/// <summary>What waits in the log's queue: a line, or a change of place.</summary>
/// <param name="At">When the line was logged (UTC); default for a line without a time.</param>
/// <param name="Line">The line, or null.</param>
/// <param name="Sink">Where lines go from here on, or null for no change.</param>
internal readonly record struct LogEntry(DateTime At, string? Line, ILogSink? Sink);
