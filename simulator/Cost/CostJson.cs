using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeBroker.Boards;

namespace EdgeBroker.Simulator.Cost;

/// <summary>Costs as JSON; amounts are those of one message where a run has several.</summary>
internal static class CostJson
{
    private const double Microsecond = 1000;

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    /// <summary>The text.</summary>
    /// <param name="version">The protocol version in words.</param>
    /// <param name="costs">The operations.</param>
    /// <param name="hot">The name of the one whose methods are wanted, or null.</param>
    /// <param name="boards">The boards whose times are wanted.</param>
    /// <param name="methods">All methods that go to a device.</param>
    public static string Text(string version, IEnumerable<OperationCost> costs, string? hot,
        IReadOnlyList<BoardProfile> boards, IEnumerable<WovenMethod> methods)
    {
        var operations = new JsonArray();
        foreach (OperationCost cost in costs)
        {
            int parts = cost.Operation.Parts;
            JsonObject node = Node(cost.Operation.Name, cost.Work, parts);
            node["about"] = cost.Operation.About;
            node["allocations"] = (double)cost.Allocations / parts;
            node["allocatedBytes"] = (double)cost.AllocatedBytes / parts;
            node["boards"] = Boards(cost.Work.Nanoseconds / parts / Microsecond, boards);
            if (cost.Operation.Name == hot)
            {
                node["methods"] = new JsonArray([.. cost.Methods.Select(method =>
                    Node(method.Method.Name, method.Work, parts))]);
            }

            operations.Add(node);
        }

        return new JsonObject
        {
            ["mqtt"] = version,
            ["operations"] = operations,
            ["largestFrames"] = new JsonArray([.. CostReport.Largest(methods).Select(method =>
                new JsonObject { ["method"] = method.Name, ["bytes"] = method.FrameBytes })]),
        }.ToJsonString(_indented);
    }

    /// <summary>All kinds of work, by the names that they have in the program.</summary>
    private static JsonObject Node(string name, WorkAmounts work, int parts)
    {
        var kinds = new JsonObject();
        foreach (WorkKind kind in Enum.GetValues<WorkKind>())
        {
            kinds[JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())] =
                (double)work[kind] / parts;
        }

        return new JsonObject
        {
            ["name"] = name,
            ["work"] = kinds,
            ["microsecondsOnPc"] = work.Nanoseconds / parts / Microsecond,
        };
    }

    private static JsonObject Boards(double onPc, IReadOnlyList<BoardProfile> boards)
    {
        var node = new JsonObject();
        foreach (BoardProfile board in boards)
        {
            BoardSpeed speed = BoardSpeed.Of(board);
            node[board.Name] = new JsonObject
            {
                ["leastMicroseconds"] = onPc * speed.Least,
                ["mostMicroseconds"] = onPc * speed.Most,
            };
        }

        return node;
    }
}
