using System.Collections.Generic;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Config;

/// <summary>Settings that cannot hold together.</summary>
public static class Contradictions
{
    /// <summary>The first of each pair must not be larger than the second.</summary>
    private static readonly (string Smaller, string Larger)[] _pairs =
    [
        ("max_connect_size", "max_packet_size"),
        ("max_subscriptions_per_client", "max_subscriptions"),
        ("max_packet_size", "max_queued_bytes"),
        ("max_connect_size", "max_queued_bytes"),
        ("max_packet_size", "memory_limit"),
        ("max_connect_size", "memory_limit"),
        ("max_queued_bytes", "memory_limit"),
        ("max_retained_bytes", "memory_limit"),
    ];

    /// <summary>Finds them; each is said at the later of its lines.</summary>
    public static IEnumerable<ConfigRemark> In(ServeConfig config)
    {
        foreach ((string smaller, string larger) in _pairs)
        {
            // What is not stated adapts, see DesktopLimits. Each name is a row of the table.
            long value = Keywords.Find(smaller)!.NumberIn(config);
            long most = Keywords.Find(larger)!.NumberIn(config);
            if (value > most && config.Lines.ContainsKey(smaller)
                && config.Lines.ContainsKey(larger))
            {
                yield return Pair(config, smaller, larger,
                    $"{smaller} {value} is larger than {larger} {most}; "
                    + "lower the first or raise the second");
            }
        }

        if (config.Lines.ContainsKey("queue_full_deadline")
            && config.Settings.QueueFullPolicy != QueueFullPolicy.Disconnect)
        {
            yield return Deadline(config);
        }

        if (config.LogNoneLine != null && config.LogSomeLine != null)
        {
            (ConfigLine late, ConfigLine early) =
                InOrder(config.LogNoneLine, config.LogSomeLine);
            yield return new ConfigRemark(late, "log_type none and the log_type in "
                + $"{early.SeenFrom(late)} contradict each other; remove one of them");
        }

        List<ListenAddress> listeners = config.AllListeners();
        for (int i = 0; i < listeners.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (listeners[i].Overlaps(listeners[j]))
                {
                    yield return Twice(listeners[i], listeners[j]);
                }
            }
        }
    }

    private static ConfigRemark Deadline(ServeConfig config)
    {
        const string Sentence = "queue_full_deadline works with \"queue_full_policy disconnect\"";
        return config.Lines.ContainsKey("queue_full_policy")
            ? Pair(config, "queue_full_deadline", "queue_full_policy",
                Sentence + " only; change the policy or remove the deadline")
            : new ConfigRemark(config.Lines["queue_full_deadline"], Sentence + " only; add it");
    }

    private static ConfigRemark Pair(ServeConfig config, string a, string b, string sentence)
    {
        (ConfigLine late, ConfigLine early) = InOrder(config.Lines[a], config.Lines[b]);
        string other = early == config.Lines[a] ? a : b;
        return new ConfigRemark(
            late, $"{sentence} ({other} is set in {early.SeenFrom(late)})");
    }

    private static ConfigRemark Twice(ListenAddress a, ListenAddress b)
    {
        // Only the default listener has no line, and that one is alone.
        (ConfigLine line, ConfigLine other) = InOrder(a.Line!, b.Line!);
        (ListenAddress late, ListenAddress early) = line == a.Line ? (a, b) : (b, a);
        return new ConfigRemark(line, $"{late.Keyword} {late.EndPoint} overlaps with "
            + $"{early.Keyword} {early.EndPoint} in {other.SeenFrom(line)}; "
            + "change one of the ports");
    }

    private static (ConfigLine Late, ConfigLine Early) InOrder(ConfigLine a, ConfigLine b)
    {
        return a.Order > b.Order ? (a, b) : (b, a);
    }
}
