using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Capacity;

namespace EdgeBroker.Tests.Desktop.Capacity;

/// <summary>Fleets that grow in one direction only, until they meet a limit.</summary>
internal static class GrowingFleets
{
    private const int LongFilter = 40;
    private const int LongId = 30;
    private const int Payload = 100;
    private const int Levels = 7;

    /// <summary>The fleet of a kind and a size on a board.</summary>
    public static Fleet Make(string kind, int n, BoardProfile board)
    {
        BrokerLimits limits = board.Limits;
        int all = limits.MaxConnections;
        return kind switch
        {
            "clients" => Of(Alike("c", n) with { Subscribes = ["t/{n}"] }),
            "identifier" => Of(Alike("c", 1) with { ClientId = Text(n) }),
            "identifiers" => Of(Alike("c", n) with { ClientId = Text(LongId) + "{n}" }),
            "connect" => Of(Alike("c", 1) with { Will = new() { Topic = "w", Bytes = n } }),
            "packet" => Of(Alike("c", 1) with
            {
                Publishes = [new() { Topic = "big", Bytes = n }],
                Subscribes = ["big"],
            }),
            "length" => Of(Alike("c", 1) with
            {
                Publishes = [new() { Topic = Text(n), Bytes = 9 }],
            }),
            "levels" => Of(Alike("c", 1) with
            {
                Subscribes = [string.Join('/', Enumerable.Repeat("x", n))],
            }),
            "subscriptions" => Spread(n, all, i => "f" + i),
            "one client" => Spread(n, 1, i => "f" + i),
            "text" => Spread(n, all, i => Text(LongFilter) + i),
            "shapes" => Spread(n, all, Shaped),
            "retained" => Of(Retainer(n, 1)),
            "retained bytes" => Of(Retainer(n, Payload)),
            "wills" => Of(Alike("c", all) with
            {
                Will = new() { Topic = "w/{n}", Bytes = n },
            }),
            "wills and retained" => Of(Retainer(n, 1), Alike("c", all - 1) with
            {
                Will = new() { Topic = "w/{n}", Bytes = Payload },
            }),
            _ => throw new ArgumentException(kind),
        };
    }

    private static Fleet Of(params FleetGroup[] groups) => new() { Groups = groups };

    private static FleetGroup Alike(string name, int count) => new()
    {
        Name = name,
        Count = count,
        Publishes = [new() { Topic = name + "/{n}", Bytes = 9, EveryS = 1 }],
    };

    private static FleetGroup Retainer(int topics, int bytes) => Alike("r", 1) with
    {
        Publishes = [.. Enumerable.Range(0, topics)
            .Select(i => new FleetPublication { Topic = "r" + i, Bytes = bytes, Retain = true })],
    };

    /// <summary>Filters dealt out to clients in turn.</summary>
    private static Fleet Spread(int filters, int clients, Func<int, string> filter) =>
        Of([.. Enumerable.Range(0, clients).Select(client => Alike("c" + client, 1) with
        {
            Subscribes = [.. Enumerable.Range(0, filters)
                .Where(i => i % clients == client).Select(filter)],
        })]);

    // Another shape for each number; the first level is always a wildcard.
    private static string Shaped(int number) => string.Join('/', Enumerable.Range(0, Levels)
        .Select(level => level == 0 || ((number >> (level - 1)) & 1) != 0 ? "+" : "x"));

    private static string Text(int length) => new('x', length);
}
