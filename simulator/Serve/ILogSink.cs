using System;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Where log lines end; called by one thread only.</summary>
public interface ILogSink
{
    /// <summary>Takes a line.</summary>
    /// <param name="at">When it was logged (UTC).</param>
    /// <param name="line">The line, without the time.</param>
    void Add(DateTime at, string line);

    /// <summary>Shows what was taken, as no more lines wait.</summary>
    void Flush();
}
