using System;
using System.Collections.Generic;
using System.Threading;
using EdgeBroker.Simulator.Lab.Plans;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>Plays many seeds of a plan, some at a time, and adds up what came of them.</summary>
internal sealed class SeedRunner
{
    private const ulong Prime = 0x100000001B3;

    private readonly SortedDictionary<int, ulong> _waiting = [];
    private readonly Lock _lock = new();
    private readonly Plan _plan;
    private readonly string? _board;
    private readonly int _end;
    private int _next;
    private int _summed;

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

    /// <summary>Stands for all that happened, in the order of the seeds.</summary>
    public ulong Trace { get; private set; } = 0xCBF29CE484222325;

    /// <summary>Plays them; ends early at a failure.</summary>
    public void Run(int jobs, Action<SeedRunner> progress)
    {
        var threads = new Thread[jobs];
        for (int i = 0; i < jobs; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true };
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            while (!thread.Join(500))
            {
                lock (_lock)
                {
                    progress(this);
                }
            }
        }
    }

    private void Work()
    {
        while (true)
        {
            int seed;
            lock (_lock)
            {
                if (_next == _end || Failure != null)
                {
                    return;
                }

                seed = _next++;
            }

            Outcome outcome = SimulationLabs.Run(ScenarioMaker.Make(_plan, seed, _board));
            lock (_lock)
            {
                Add(seed, outcome);
            }
        }
    }

    private void Add(int seed, Outcome outcome)
    {
        Done++;
        VirtualMs += outcome.VirtualMs;
        Packets += outcome.Packets;
        Delivered += outcome.Delivered;
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
