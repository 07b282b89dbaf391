using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Tests.Interop;

/// <summary>What one test works with: a broker, its time, its topics and its processes.</summary>
internal sealed class Bench : IDisposable
{
    private readonly List<LineProcess> _processes = [];

    public Bench(BrokerUnderTest broker, Deadline deadline)
    {
        Broker = broker;
        Deadline = deadline;
    }

    public BrokerUnderTest Broker { get; }

    public Deadline Deadline { get; }

    /// <summary>The first Topic Level of this test; no other test uses it.</summary>
    public string Root { get; } = "test-" + Guid.NewGuid().ToString("N").Substring(0, 12);

    public string Transcripts =>
        string.Join("\n", _processes.Select(process => process.Transcript))
        + "\n" + Broker.Transcript;

    /// <param name="keepsOutput">False for very much output: only its end is kept.</param>
    public LineProcess Start(string fileName, IEnumerable<string> arguments,
        Action<string> onLine, bool keepsOutput = true)
    {
        var process = new LineProcess(fileName, arguments, onLine, keepsOutput);
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        foreach (LineProcess process in _processes)
        {
            process.Dispose();
        }
    }
}
