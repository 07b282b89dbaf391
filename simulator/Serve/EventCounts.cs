using System.Collections.Generic;
using System.Linq;
using System.Threading;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// The events that have no line of their own, counted exactly: clients that come and go in a
/// storm, and refusals for which the log had no room.
/// </summary>
internal sealed class EventCounts
{
    private readonly Lock _lock = new();
    private Dictionary<(BrokerEvent What, byte Code, string? Why), long> _counts = [];

    /// <summary>Counts one.</summary>
    /// <param name="what">What happened.</param>
    /// <param name="code">Its Reason Code.</param>
    /// <param name="why">A phrase, or null.</param>
    public void Add(BrokerEvent what, byte code, string? why)
    {
        bool isPlain = IsComingOrGoing(what);
        (BrokerEvent, byte, string?) key = isPlain ? (what, default, null) : (what, code, why);
        lock (_lock)
        {
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>Takes what was counted, as lines.</summary>
    public IEnumerable<string> Lines()
    {
        Dictionary<(BrokerEvent What, byte Code, string? Why), long> counts;
        lock (_lock)
        {
            counts = _counts;
            _counts = counts.Count == 0 ? counts : [];
        }

        if (counts.Count == 0)
        {
            return [];
        }

        string[] clients =
        [
            .. Clients(counts, BrokerEvent.Connected, "connected"),
            .. Clients(counts, BrokerEvent.Disconnected, "disconnected"),
            .. Clients(counts, BrokerEvent.Lost, "lost"),
        ];
        IEnumerable<string> others = counts.Where(count => !IsComingOrGoing(count.Key.What))
            .OrderBy(count => count.Key.What).ThenByDescending(count => count.Value)
            .Select(count => $"and {count.Value} more: {Phrase(count.Key.What)}: "
                + $"{count.Key.Why ?? "no reason given"} (0x{count.Key.Code:X2})");
        return clients.Length == 0 ? others : others.Prepend("and " + string.Join(", ", clients));
    }

    /// <summary>Whether an event is about a client that comes or goes by itself.</summary>
    public static bool IsComingOrGoing(BrokerEvent what)
    {
        return what is BrokerEvent.Connected or BrokerEvent.Disconnected or BrokerEvent.Lost;
    }

    private static string[] Clients(
        Dictionary<(BrokerEvent, byte, string?), long> counts, BrokerEvent what, string verb)
    {
        return counts.TryGetValue((what, default, null), out long count)
            ? [$"{count} more clients {verb}"]
            : [];
    }

    private static string Phrase(BrokerEvent what)
    {
        return what switch
        {
            BrokerEvent.ConnectRefused => "refused CONNECT",
            BrokerEvent.Closed => "closed a connection",
            BrokerEvent.SubscribeRefused => "refused a subscription",
            BrokerEvent.PublishRefused => "refused PUBLISH",
            BrokerEvent.QueueFull => "the queue of a client is full",
            _ => what.ToString(),
        };
    }
}
