using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// Keeps the load and the broker on the first processor for a while, on Linux; does nothing
/// elsewhere, and nothing when the broker's process is not known.
/// </summary>
internal sealed class OneProcessor : IDisposable
{
    private readonly List<(int Thread, ulong Before)> _moved = [];

    /// <param name="broker">The broker's process, or null.</param>
    public OneProcessor(int? broker)
    {
        if (!OperatingSystem.IsLinux() || broker is not { } process)
        {
            return;
        }

        foreach (int thread in Threads(process).Concat(Threads(Environment.ProcessId)).Distinct())
        {
            if (Affinity.Of(thread) is { } before and not 0)
            {
                Affinity.Set(thread, before & (~before + 1));
                _moved.Add((thread, before));
            }
        }
    }

    /// <summary>Lets them run everywhere again.</summary>
    public void Dispose()
    {
        foreach ((int thread, ulong before) in _moved)
        {
            Affinity.Set(thread, before);
        }
    }

    private static IEnumerable<int> Threads(int process)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{process}/task")
                .Select(path => int.Parse(Path.GetFileName(path)))];
        }
        catch (IOException)
        {
            return []; // It has ended, or belongs to another user.
        }
    }
}
