using System;
using System.Linq;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Who publishes where and who subscribes to what.</summary>
/// <param name="Topics">The topic of each publisher.</param>
/// <param name="Filters">The filters of each subscriber.</param>
/// <param name="Fan">Deliveries of each message.</param>
internal sealed record Layout(string[] Topics, string[][] Filters, double Fan)
{
    private const string All = "bench/all";
    private const int WildPublishers = 4;
    private const int WildSubscribers = 100;
    private const int WildDigits = 6;

    /// <summary>A number in the topic that changes with each message; null for none.</summary>
    public Varying? Numbers { get; init; }

    /// <summary>Many publishers, one topic, one subscriber.</summary>
    public static Layout FanIn(int publishers) => new(
        [.. Enumerable.Repeat(All, publishers)], [[All]], 1);

    /// <summary>One publisher, one topic, many subscribers.</summary>
    public static Layout FanOut(int subscribers) => new(
        [All], [.. Enumerable.Repeat(new[] { All }, subscribers)], subscribers);

    /// <summary>Each publisher has a subscriber and a topic with it.</summary>
    public static Layout Pairs(int pairs)
    {
        string[] topics = [.. Enumerable.Range(0, pairs).Select(i => $"bench/pair/{i}")];
        return new(topics, [.. topics.Select(topic => new[] { topic })], 1);
    }

    /// <summary>Many filters with wildcards, of which two match each message.</summary>
    public static Layout Wild(int filters)
    {
        int half = Math.Max(1, filters / 2);
        int side = WildSubscribers / 2;
        string Number(int i) => i.ToString("D" + WildDigits);
        var subscribers = Enumerable.Range(0, side).Select(s => Enumerable.Range(0, half)
            .Where(i => i % side == s).ToArray()).ToArray();
        return new(
            [.. Enumerable.Range(0, WildPublishers).Select(i => $"w/{Number(0)}/d{i}/t")],
            [
                .. subscribers.Select(own => own.Select(i => $"w/{Number(i)}/+/t").ToArray()),
                .. subscribers.Select(own => own.Select(i => $"+/{Number(i)}/#").ToArray()),
            ],
            2)
        {
            Numbers = new(2, WildDigits, half),
        };
    }

    /// <summary>A number in a topic.</summary>
    /// <param name="Zeros">Where its zeros stand.</param>
    /// <param name="Digits">How many they are.</param>
    /// <param name="Count">One more than the largest number.</param>
    internal sealed record Varying(int Zeros, int Digits, int Count);
}
