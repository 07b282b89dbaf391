using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>Fuzzes one target in one or more threads, each with a core of its own.</summary>
/// <param name="target">The target's name.</param>
/// <param name="seed">Of the first thread; the others count up from it.</param>
/// <param name="runs">Runs of each thread at most.</param>
/// <param name="time">Time at most.</param>
public sealed class FuzzSession(string target, int seed, long runs, TimeSpan time)
{
    private const int RunsField = 0;

    private readonly Lock _lock = new();
    private readonly List<byte[]> _found = [];
    private readonly List<long[]> _reports = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private bool _isOver;

    /// <summary>Ends it early.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>A core to fuzz instead of the usual one, or null.</summary>
    public string? Core { get; init; }

    /// <summary>New cases, in the order in which they were found.</summary>
    public IReadOnlyList<byte[]> Found => _found;

    /// <summary>A failing case and what is wrong, or null.</summary>
    public (byte[] File, string What)? Failure { get; private set; }

    /// <summary>The part of the budget of steps that a verb used at most.</summary>
    public long BudgetPermille { get; private set; }

    /// <summary>Runs of all threads.</summary>
    public long Runs => _reports.Sum(report => report[RunsField]);

    /// <summary>One line about the state, without times: the same run gives the same line.
    /// </summary>
    public string Summary()
    {
        lock (_lock)
        {
            long[] best = _reports.MaxBy(report => report[1]) ?? new long[5];
            return $"{target}: {Runs:N0} runs, {best[1]:N0} of {best[2]:N0} edges, "
                + $"corpus {best[3]:N0}, last new at run {best[4]:N0}";
        }
    }

    /// <summary>Runs per second so far.</summary>
    public double Rate() => Runs / Math.Max(0.001, _watch.Elapsed.TotalSeconds);

    /// <summary>Fuzzes until time or runs are over, or something is wrong.</summary>
    /// <param name="start">Cases to begin with, as files.</param>
    /// <param name="jobs">Threads.</param>
    public void Run(IReadOnlyList<byte[]> start, int jobs)
    {
        for (int i = 0; i < jobs; i++)
        {
            _reports.Add(new long[5]);
        }

        Thread[] threads =
        [
            .. Enumerable.Range(0, jobs).Select(
                i => new Thread(() => Work(i, start)) { IsBackground = true }),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private void Work(int job, IReadOnlyList<byte[]> start)
    {
        int taken = 0;
        var lab = new WovenLab(Core);
        object? failure = lab.Call(typeof(FuzzWorker), nameof(FuzzWorker.Work), target,
            seed + job, start, (Func<long[], bool>)Report, (Func<byte[]?, byte[]?>)Exchange);
        var highest = (long)lab.Call(typeof(FuzzWorker), nameof(FuzzWorker.HighestBudget))!;
        lock (_lock)
        {
            BudgetPermille = Math.Max(BudgetPermille, highest);
            if (failure is (byte[] file, string what))
            {
                Failure ??= (file, what);
                _isOver = true;
            }
        }

        bool Report(long[] report)
        {
            lock (_lock)
            {
                _reports[job] = report;
                return !_isOver && !Cancel.IsCancellationRequested
                    && report[RunsField] < runs && _watch.Elapsed < time;
            }
        }

        byte[]? Exchange(byte[]? own)
        {
            lock (_lock)
            {
                if (own != null)
                {
                    _found.Add(own);
                }

                // Alone it would only be given back what it has told.
                return own == null && _reports.Count > 1 && taken < _found.Count
                    ? _found[taken++]
                    : null;
            }
        }
    }
}
