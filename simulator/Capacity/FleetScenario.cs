using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>
/// A fleet as a scenario of the laboratory, without faults: everybody comes, then everybody
/// publishes at the same moment, then each at its own pace.
/// </summary>
internal static class FleetScenario
{
    private const int MostEvents = 200_000;
    private const int ConnectEveryMs = 100;
    private const int SettleMs = 3000;
    private const int LatencyMs = 5;
    private const int SysIntervalS = 10;

    // Shorter payloads would make the laboratory change the topic.
    private const int LeastPayload = 5;

    // Spreads any number of clients evenly over a period.
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>Makes it.</summary>
    /// <param name="fleet">The clients.</param>
    /// <param name="board">The host.</param>
    /// <param name="minutes">How long they publish; less when there is very much to do.</param>
    public static Scenario Make(Fleet fleet, BoardProfile board, double minutes)
    {
        IReadOnlyList<FleetNode> nodes = fleet.Nodes();
        double perS = nodes.Sum(n => n.Publications.Sum(p => p.Rate));
        long lastMs = (long)Math.Min(minutes * 60_000, 1000 * MostEvents / Math.Max(perS, 1));
        long startMs = (nodes.Count * ConnectEveryMs) + SettleMs;
        var events = new List<Happening>();
        for (int i = 0; i < nodes.Count; i++)
        {
            AddClient(events, nodes[i], i);
            AddMessages(events, nodes[i], i, startMs, startMs + lastMs);
        }

        return new Scenario
        {
            Subject = board.Name,
            NetworkSeed = 1,
            NativeKb = LoadDemand.NativeBytes(board) / 1000,
            Settings = { ["SysIntervalS"] = SysIntervalS },
            FaultsEndMs = startMs + lastMs + SettleMs,
            Clients = [.. nodes.Select(Spec)],
            Events = [.. events.OrderBy(e => e.AtMs)],
        };
    }

    private static ClientSpec Spec(FleetNode node, int index) => new()
    {
        Id = node.Id.Length > 0 ? node.Id : $"{node.Group.Name} {index}",
        IsNameless = node.Id.Length == 0,
        Version = node.Group.Version,
        KeepAliveS = node.Group.KeepAliveS,
        Will = node.Will?.Topic,
        WillBytes = node.Will?.Bytes ?? 0,
        IsWillRetained = node.Will?.Retain ?? false,
        LatencyMs = LatencyMs,
    };

    private static void AddClient(List<Happening> events, FleetNode node, int index)
    {
        long atMs = index * ConnectEveryMs;
        events.AddRange(node.Filters.Select(filter => new Happening
        {
            AtMs = atMs,
            Do = Deed.Subscribe,
            Client = index,
            Topic = filter,
        }));
        events.Add(new Happening { AtMs = atMs, Do = Deed.Connect, Client = index });
    }

    private static void AddMessages(
        List<Happening> events, FleetNode node, int index, long startMs, long endMs)
    {
        foreach (FleetPublication what in node.Publications)
        {
            var message = new Happening
            {
                AtMs = startMs,
                Do = Deed.Publish,
                Client = index,
                Topic = what.Topic,
                Bytes = what.Retain ? what.Bytes : Math.Max(LeastPayload, what.Bytes),
                Retain = what.Retain,
                Qos = what.Qos,
            };
            events.Add(message);
            double everyMs = what.Rate > 0 ? 1000 / what.Rate : double.PositiveInfinity;
            double phase = everyMs * (1 + (index * GoldenRatio % 1));
            for (double at = startMs + phase; at < endMs; at += everyMs)
            {
                events.Add(message with { AtMs = (long)at });
            }
        }
    }
}
