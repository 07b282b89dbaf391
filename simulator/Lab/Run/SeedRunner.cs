using System;
using System.Collections.Generic;
using System.Threading;
using EdgeBroker.Simulator.Lab.Plans;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>Plays many seeds of a plan, some at a time, and adds up what came of them.</summary>
internal sealed class SeedRunner
{
    private const int ProgressMs = 200;
    private const ulong Prime = 0x100000001B3;

    private readonly SortedDictionary<int, ulong> _waiting = [];
    private readonly Lock _lock = new();
    private readonly Plan _plan;
    private readonly string? _board;
    private readonly int _end;
    private int _next;
    private int _summed;
    private bool _isOver;

    public SeedRunner(Plan plan, string? board, int firstSeed, int count)
    {
        _plan = plan;
        _board = board;
        _next = firstSeed;
        _summed = firstSeed;
        _end = firstSeed + count;
    }

    /// <summary>Seeds that were played.</summary>
    public int Done { get; private set; }

    /// <summary>The lowest seed that failed, with what came of it.</summary>
    public (int Seed, Outcome Outcome)? Failure { get; private set; }

    /// <summary>Virtual time in milliseconds.</summary>
    public long VirtualMs { get; private set; }

    /// <summary>Packets handled.</summary>
    public long Packets { get; private set; }

    /// <summary>Messages that subscribers got.</summary>
    public long Delivered { get; private set; }

    /// <summary>Messages that they did not get, by reason.</summary>
    public SortedDictionary<string, long> Missing { get; } = [];

    /// <summary>The part of its budget of work that a verb used at most, in a thousandth.
    /// </summary>
    public long WorkPermille { get; private set; }

    /// <summary>Where a recording goes, or null; of one seed only.</summary>
    public string? RecordPath { get; init; }

    /// <summary>Where a capture goes, or null; of one seed only.</summary>
    public string? PcapPath { get; init; }

    /// <summary>Stands for all that happened, in the order of the seeds.</summary>
    public ulong Trace { get; private set; } = 0xCBF29CE484222325;

    /// <summary>Plays them; ends early at a failure, or when it is cancelled.</summary>
    public void Run(int jobs, Action<SeedRunner> progress, CancellationToken cancel = default)
    {
        var threads = new Thread[jobs];
        for (int i = 0; i < jobs; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true };
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            while (!thread.Join(ProgressMs) && !cancel.IsCancellationRequested)
            {
                lock (_lock)
                {
                    progress(this);
                }
            }
        }

        lock (_lock)
        {
            _isOver = true; // Runs that go on after Ctrl+C add nothing.
        }
    }

    private void Work()
    {
        while (true)
        {
            int seed;
            lock (_lock)
            {
                if (_next == _end || Failure != null || _isOver)
                {
                    return;
                }

                seed = _next++;
            }

            Outcome outcome = SimulationLabs.Run(
                ScenarioMaker.Make(_plan, seed, _board), RecordPath, PcapPath);
            lock (_lock)
            {
                if (!_isOver)
                {
                    Add(seed, outcome);
                }
            }
        }
    }

    private void Add(int seed, Outcome outcome)
    {
        Done++;
        VirtualMs += outcome.VirtualMs;
        Packets += outcome.Packets;
        Delivered += outcome.Delivered;
        WorkPermille = Math.Max(WorkPermille, outcome.WorkPermille);
        foreach ((string reason, long count) in outcome.Missing)
        {
            Missing[reason] = Missing.GetValueOrDefault(reason) + count;
        }

        if (outcome.Checker != null && (Failure == null || seed < Failure.Value.Seed))
        {
            Failure = (seed, outcome);
        }

        _waiting.Add(seed, outcome.Trace);
        while (_waiting.Remove(_summed, out ulong trace))
        {
            _summed++;
            Trace = (Trace ^ trace) * Prime;
        }
    }
}
