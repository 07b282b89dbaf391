using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// One random history, made up from a seed while it is played. When the core and the reference
/// broker differ, the shortest history is looked for that still shows it.
/// </summary>
public sealed class Trial(int seed, bool isTight)
{
    // A hostile client meets these by itself, however wide the limits are.
    private static readonly string[] _always =
    [
        "MaxPacketSize, MaxConnectSize", "PacketTimeoutMs", "ConnectTimeoutMs", "ClosingTimeoutMs",
    ];

    private readonly List<Step> _steps = [];

    /// <summary>Verdict: what differs, with a short history; null when nothing does.</summary>
    public string? Failure { get; private set; }

    /// <summary>How often each limit stepped in.</summary>
    public IReadOnlyDictionary<string, int> Used { get; private set; } =
        new Dictionary<string, int>();

    /// <summary>Plays so many turns of the history; one that fails is made short.</summary>
    /// <returns>Whether core and reference broker agree.</returns>
    public bool Run(int turns)
    {
        if (Play(turns) is not { } first)
        {
            return true;
        }

        List<Step> least = ListShrinker.Shrink(_steps, steps => Play(steps) != null);
        Exception last = Play(least) ?? first;
        Failure = $"seed {seed}, {(isTight ? "tight" : "generous")} limits: {last.Message}\n"
            + $"The shortest history that shows it has {least.Count} of {_steps.Count} steps:"
            + $"\n{string.Join('\n', least)}\n{last.StackTrace}";
        return false;
    }

    /// <summary>Plays so many turns of the history.</summary>
    /// <returns>What differs, or null.</returns>
    public Exception? Play(int turns)
    {
        var plan = new HistoryPlan(seed, isTight);
        var lockstep = new Lockstep(plan.Limits, plan.Settings, plan.StartMs);
        var history = new History(plan);
        Used = lockstep.Used;
        try
        {
            for (int i = 0; i < turns; i++)
            {
                foreach (Step step in history.Next(lockstep))
                {
                    _steps.Add(step);
                    lockstep.Play(step);
                }
            }

            End(lockstep);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private void End(Lockstep lockstep)
    {
        lockstep.End();
        string[] used = [.. lockstep.Used.Keys.Except(_always)];
        if (!isTight && used.Length > 0)
        {
            throw new InvalidDataException($"limits were met: {string.Join("; ", used)}");
        }
    }

    /// <summary>Plays steps once more, from the start.</summary>
    /// <returns>What differs, or null.</returns>
    private Exception? Play(IReadOnlyList<Step> steps)
    {
        var plan = new HistoryPlan(seed, isTight);
        var lockstep = new Lockstep(plan.Limits, plan.Settings, plan.StartMs);
        try
        {
            foreach (Step step in steps)
            {
                lockstep.Play(step);
            }

            End(lockstep);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
