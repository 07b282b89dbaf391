using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>A fleet played in the laboratory against a board's firmware.</summary>
/// <param name="Outcome">What came of it.</param>
internal sealed record FleetTrial(Outcome Outcome)
{
    /// <summary>A message that takes longer through the broker is late.</summary>
    public const int LateMs = 1000;

    // Who subscribes to much at once is left unread until it has taken the answers. Nothing is
    // lost.
    private static readonly string _behind = Counter.NameOf(Counter.LimitResponses);

    /// <summary>Whether everybody was served as if there were no limits.</summary>
    public bool IsGood => !Wrongs().Any();

    /// <summary>Plays it.</summary>
    public static FleetTrial Play(Fleet fleet, BoardProfile board, double minutes) =>
        new(SimulationLabs.Run(FleetScenario.Make(fleet, board, minutes)));

    /// <summary>What went wrong, a sentence for each.</summary>
    public IEnumerable<string> Wrongs()
    {
        if (Outcome.Census is { } census)
        {
            foreach (string wrong in Wrongs(census))
            {
                yield return wrong;
            }
        }

        if (Outcome.Checker != null)
        {
            yield return $"{Outcome.Checker}: {Outcome.What}";
        }
    }

    private static IEnumerable<string> Wrongs(Census census)
    {
        if (census.Connected < census.Clients)
        {
            yield return $"{census.Clients - census.Connected} of {census.Clients} clients were "
                + "not connected at the end";
        }

        if (census.Accepted > census.Clients)
        {
            yield return $"clients came {census.Accepted - census.Clients} times again: they had "
                + "been refused or closed";
        }

        if (census.RefusedFilters > 0)
        {
            yield return $"{census.RefusedFilters} filters were refused";
        }

        if (census.Dropped > 0)
        {
            yield return $"{census.Dropped} messages were dropped";
        }

        foreach ((string name, long count) in census.Limits.Where(limit => limit.Key != _behind))
        {
            yield return $"{name} counted {count}";
        }

        if (census.LatestMs > LateMs)
        {
            yield return $"a message needed {census.LatestMs} ms through the broker";
        }
    }
}
