using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Serve;
using EdgeBroker.Simulator.View;
using Spectre.Console.Rendering;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>A broker at one moment, the same each time, for the pictures of the tests.</summary>
internal static class FixedFrame
{
    private static readonly DateTime _at = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Forty clients and topics, a full minute, a log with a refusal at its end.</summary>
    public static Frame Make(ViewState state = null, bool hasKeys = true)
    {
        var history = new History();
        for (int second = 0; second < 100; second++)
        {
            var counters = new long[Counter.Count];
            counters[Counter.PublishReceived] = 1000L * second;
            counters[Counter.PublishSent] = 2000L * second;
            counters[Counter.PublishDropped] = second < 99 ? 0 : 4321;
            counters[Counter.LimitQueue] = 4321;
            history.Add(new Figures(1000L * second, counters, 40, 41, 80, 7, 5 << 20, 10 << 20));
        }

        var sample = new Sample { Figures = history.Now };
        for (int i = 0; i < 40; i++)
        {
            // Wide characters take two columns each.
            string id = i == 3 ? new string('長', 60) : $"client-{i:00}";
            sample.Clients.Add(new ClientRow(id, $"192.0.2.{i}:4000", (byte)(4 + i % 2), _at,
                i, 2 * i, 100 * i, i, i == 39, i == 39 ? 4321 : 0, false));
            "21.5 °C"u8.CopyTo(sample.Values.AsSpan(64 * i));
            sample.Topics.Add(new TopicRow(
                $"house/room-{i:00}/temperature", i, 20 * i, 5 * i, 64 * i, 8, 8, 2500));
        }

        sample.Gauges.AddRange(
        [
            new Gauge("clients", 40, 20_000),
            new Gauge("subscriptions", 80, 200_000),
            new Gauge("retained", 7, 100_000),
            new Gauge("message memory", 5 << 20, 128 << 20, true),
            new Gauge("all queues", 900, 1_000_000),
            new Gauge("longest queue", 99_000, 100_000),
        ]);
        List<LogLine> log = [.. Enumerable.Range(0, 60).Select(
            i => new LogLine(_at.AddSeconds(i), $"client \"client-{i:00}\" connected (MQTT 5.0)"))];
        log.Add(new LogLine(_at.AddSeconds(60), "refused CONNECT of unidentified: no reason"));
        return new Frame(sample, history, log, state ?? new ViewState(), 3_725_000, hasKeys);
    }

    /// <summary>The state after some keys: letters as they are, and names of other keys.</summary>
    public static ViewState After(params object[] keys)
    {
        var state = new ViewState();
        foreach (object key in keys)
        {
            Press(state, key);
        }

        return state;
    }

    /// <summary>Presses a key: a letter, or the name of another key.</summary>
    public static void Press(ViewState state, object key)
    {
        state.Press(key is ConsoleKey named
            ? new ConsoleKeyInfo('\0', named, false, false, false)
            : new ConsoleKeyInfo((char)key, ConsoleKey.None, false, false, false));
    }

    /// <summary>A picture as text, line by line.</summary>
    public static string[] Text(Frame frame, int width, int height)
    {
        return [.. Draw(frame, width, height)
            .Select(line => string.Concat(line.Select(segment => segment.Text)))];
    }

    /// <summary>A picture.</summary>
    public static IReadOnlyList<SegmentLine> Draw(Frame frame, int width, int height)
    {
        return new Screen("127.0.0.1:1883").Draw(frame, width, height);
    }
}
