using System;
using System.Collections.Generic;
using System.Threading;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>Takes no line before its gate is opened.</summary>
internal sealed class GatedSink : ILogSink, IDisposable
{
    private readonly ManualResetEventSlim _gate = new();

    public List<string> Lines { get; } = [];

    public void Open()
    {
        _gate.Set();
    }

    public void Add(DateTime at, string line)
    {
        _gate.Wait();
        Lines.Add(line);
    }

    public void Flush()
    {
    }

    public void Dispose()
    {
        _gate.Dispose();
    }
}
