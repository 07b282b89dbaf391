using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Lab.Plans;

/// <summary>What a plan may say. Whatever else it says is refused before anything runs.</summary>
internal static class PlanRules
{
    private const int Percent = 100;
    private const int Many = 1000;
    private const int WeekS = 7 * 24 * 3600;
    private const int HourMs = 3_600_000;
    private const int MinuteMs = 60_000;
    private const int LargestPayload = 10_000_000;

    private static readonly (string Name, Func<Plan, Range> Of, int Least, int Most)[] _ranges =
    [
        ("seconds", p => p.Seconds, 0, WeekS), ("clients", p => p.Clients, 1, Many),
        ("crowd", p => p.Crowd, 0, Many), ("hostile", p => p.Hostile, 0, Many),
        ("publishers", p => p.Publishers, 0, Percent), ("everyMs", p => p.EveryMs, 1, HourMs),
        ("burst", p => p.Burst, 0, Many), ("retain", p => p.Retain, 0, Percent),
        ("qos1", p => p.Qos1, 0, Percent), ("wills", p => p.Wills, 0, Percent),
        ("qos2", p => p.Qos2, 0, Percent), ("askQos", p => p.AskQos, 0, Percent),
        ("sessions", p => p.Sessions, 0, Percent),
        ("expiryS", p => p.ExpiryS, 0, int.MaxValue),
        ("maxSessions", p => p.MaxSessions, 0, Many),
        ("sessionMessages", p => p.SessionMessages, 0, 65_535),
        ("inflight", p => p.Inflight, 1, Many),
        ("receiveMaximum", p => p.ReceiveMaximum, 0, 65_535),
        ("ackMs", p => p.AckMs, 0, MinuteMs), ("ackStalls", p => p.AckStalls, 0, Many),
        ("renewals", p => p.Renewals, 0, Many), ("refusals", p => p.Refusals, 0, Percent),
        ("expiring", p => p.Expiring, 0, Percent), ("filters", p => p.Filters, 0, Many),
        ("changes", p => p.Changes, 0, Many), ("keepAliveS", p => p.KeepAliveS, 0, 65_535),
        ("nameless", p => p.Nameless, 0, Percent), ("latencyMs", p => p.LatencyMs, 0, MinuteMs),
        ("jitterMs", p => p.JitterMs, 0, MinuteMs), ("slow", p => p.Slow, 0, Percent),
        ("lossPerMille", p => p.LossPerMille, 0, 1000),
        ("bytesPerS", p => p.BytesPerS, 0, int.MaxValue),
        ("cutBytes", p => p.CutBytes, 0, 65_535), ("resets", p => p.Resets, 0, Many),
        ("disconnects", p => p.Disconnects, 0, Many), ("powerOffs", p => p.PowerOffs, 0, Many),
        ("stalls", p => p.Stalls, 0, Many), ("halfOpen", p => p.HalfOpen, 0, Many),
        ("blackouts", p => p.Blackouts, 0, Many), ("storms", p => p.Storms, 0, Many),
        ("outages", p => p.Outages, 0, Many), ("reboots", p => p.Reboots, 0, Many),
        ("clockSteps", p => p.ClockSteps, 0, Many), ("gridMs", p => p.GridMs, 0, HourMs),
        ("powerCuts", p => p.PowerCuts, 0, Many), ("knocks", p => p.Knocks, 0, Many),
        ("faultMs", p => p.FaultMs, 0, HourMs),
    ];

    /// <summary>The hosts there are.</summary>
    public static string Subjects => $"{Simulation.Pc}, {KnownBoards.Names}";

    /// <summary>Looks at everything.</summary>
    /// <exception cref="InvalidDataException">A value cannot be; it says which.</exception>
    public static void Check(Plan plan)
    {
        foreach ((string name, Func<Plan, Range> of, int least, int most) in _ranges)
        {
            Range range = of(plan);
            Within(range.From, least, most, name);
            Within(range.To, least, most, name);
        }

        Choices(plan.Subjects, IsSubject, "subjects", Subjects);
        Choices(plan.Limits, l => l is "own" or "tight", "limits", "own, tight");
        Choices(plan.Versions, v => v is 4 or 5, "versions", "4, 5");
        Choices(plan.Bytes, b => b is >= 0 and <= LargestPayload, "bytes",
            $"0 to {LargestPayload}");
        if (plan.Scenario != null)
        {
            ScenarioRules.Check(plan.Scenario);
        }
    }

    /// <summary>Whether there is such a host.</summary>
    public static bool IsSubject(string? name) =>
        name != null && (name == Simulation.Pc || AllBoards.Find(name) != null);

    /// <summary>A number that has to lie between two others.</summary>
    public static void Within(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new InvalidDataException($"{name} is {value}; it must be {least} to {most}");
        }
    }

    private static void Choices<T>(
        IReadOnlyList<T>? values, Func<T, bool> isOne, string name, string choices)
    {
        if (values == null || values.Count == 0)
        {
            throw new InvalidDataException($"{name} is empty; write some of {choices}");
        }

        foreach (T value in values.Where(v => !isOne(v)))
        {
            throw new InvalidDataException($"{name} has {value?.ToString() ?? "null"}; "
                + $"there are {choices}");
        }
    }
}
