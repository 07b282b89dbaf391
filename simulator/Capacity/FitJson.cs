using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>Whether a fleet fits, as JSON.</summary>
internal static class FitJson
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>The text.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="fits">What was reckoned, for each board.</param>
    /// <param name="trials">What was played for the same boards; empty when nothing was.</param>
    public static string Text(
        Fleet fleet, IReadOnlyList<BoardFit> fits, IReadOnlyList<FleetTrial> trials)
    {
        var boards = new JsonArray();
        for (int i = 0; i < fits.Count; i++)
        {
            JsonObject board = Node(fleet, fits[i]);
            if (i < trials.Count)
            {
                board["played"] = Node(trials[i]);
            }

            boards.Add(board);
        }

        return new JsonObject
        {
            ["about"] = fleet.About,
            ["clients"] = fleet.Groups.Sum(group => group.Count),
            ["smallestBoard"] = FitReport.Smallest(fits)?.Board.Name,
            ["boards"] = boards,
        }.ToJsonString(_indented);
    }

    private static JsonObject Node(Fleet fleet, BoardFit fit)
    {
        var more = new JsonObject();
        foreach (FleetGroup group in fleet.Groups)
        {
            more[group.Name] = fit.More(group);
        }

        FleetGroup largest = FitReport.Largest(fleet);
        return new JsonObject
        {
            ["board"] = fit.Board.Name,
            ["verdict"] = fit.Verdict,
            ["endsFirst"] = fit.Limiting.Name,
            ["more"] = more,
            ["resources"] = new JsonArray([.. fit.Resources.Select((resource, i) => new JsonObject
            {
                ["name"] = resource.Name,
                ["least"] = Math.Round(resource.Least, 2),
                ["used"] = Math.Round(resource.Used, 2),
                ["limit"] = resource.Limit,
                ["unit"] = resource.Unit,
                ["fits"] = resource.Fits,
                ["beyond"] = resource.Beyond,
                ["more"] = resource.IsFixed ? null : fit.More(largest, i),
            })]),
        };
    }

    private static JsonObject Node(FleetTrial trial) => new()
    {
        ["isGood"] = trial.IsGood,
        ["virtualMs"] = trial.Outcome.VirtualMs,
        ["delivered"] = trial.Outcome.Delivered,
        ["latestMs"] = trial.Outcome.Census?.LatestMs,
        ["wrongs"] = new JsonArray([.. trial.Wrongs().Select(w => JsonValue.Create(w))]),
    };
}
