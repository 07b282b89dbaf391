using System;
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

    /// <summary>Finds them; each is told at the later of its lines.</summary>
    public static IEnumerable<ConfigError> In(ServeConfig config)
    {
        foreach ((string smaller, string larger) in _pairs)
        {
            // What is not stated adapts, see DesktopLimits.
            long value = Keywords.Find(smaller).NumberIn(config);
            long most = Keywords.Find(larger).NumberIn(config);
            if (value > most && config.Lines.ContainsKey(smaller)
                && config.Lines.ContainsKey(larger))
            {
                yield return Pair(config, smaller, larger,
                    $"{smaller} {value} is larger than {larger} {most}");
            }
        }

        if (config.Lines.ContainsKey("queue_full_deadline")
            && config.Settings.QueueFullPolicy != QueueFullPolicy.Disconnect)
        {
            yield return Deadline(config);
        }

        int none = config.LogNoneLine;
        int some = config.LogSomeLine;
        if (none > 0 && some > 0)
        {
            yield return new ConfigError(Math.Max(none, some),
                $"log_type none contradicts another log_type (line {Math.Min(none, some)})");
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

    private static ConfigError Deadline(ServeConfig config)
    {
        const string Sentence = "queue_full_deadline needs queue_full_policy disconnect";
        return config.Lines.ContainsKey("queue_full_policy")
            ? Pair(config, "queue_full_deadline", "queue_full_policy", Sentence)
            : new ConfigError(config.Lines["queue_full_deadline"], Sentence);
    }

    private static ConfigError Pair(ServeConfig config, string a, string b, string sentence)
    {
        (string late, string early) = config.Lines[a] > config.Lines[b] ? (a, b) : (b, a);
        return new ConfigError(config.Lines[late],
            $"{sentence} ({early} stands in line {config.Lines[early]})");
    }

    private static ConfigError Twice(ListenAddress a, ListenAddress b)
    {
        (ListenAddress late, ListenAddress early) = a.Line > b.Line ? (a, b) : (b, a);
        return new ConfigError(late.Line, $"{late.Keyword} wants {late.EndPoint}, which "
            + $"{early.Keyword} in line {early.Line} takes already as {early.EndPoint}");
    }
}
