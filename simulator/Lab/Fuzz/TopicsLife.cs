using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Topics;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>The tables of topics beside plain dictionaries; both have to say the same.</summary>
internal sealed class TopicsLife(
    SubscriptionTable table, RouteCache routes, RetainedTable retained, BlockPool messages)
{
    private const int Subscribers = 4;

    private readonly Dictionary<(int Subscriber, string Filter), int> _subscriptions = [];
    private readonly Dictionary<string, int> _retained = [];
    private readonly int _blocks = messages.FreeCount;
    private readonly int[] _found = new int[Subscribers];
    private readonly byte[] _options = new byte[Subscribers];
    private int _hint = RouteCache.None;

    /// <summary>Does one thing to the tables and to the dictionaries.</summary>
    /// <param name="kind">0 to 6.</param>
    /// <param name="who">Subscriber and options.</param>
    /// <param name="text">The text of a name or filter.</param>
    /// <param name="framed">The same in UTF-8, with a byte before and one behind.</param>
    /// <param name="isName">Whether it is a Topic Name.</param>
    /// <param name="isFilter">Whether it is a Topic Filter.</param>
    public void Play(int kind, int who, string text, byte[] framed, bool isName, bool isFilter)
    {
        int subscriber = who % Subscribers;
        int options = (who >> 2) & 0xF;
        options = (options & 3) == 3 ? options - 1 : options;
        int length = framed.Length - 2;
        switch (kind)
        {
            case 0 when isFilter:
                bool isThere = _subscriptions.ContainsKey((subscriber, text));
                int result = table.Subscribe(subscriber, framed, 1, length, (byte)options);
                Require(isThere == (result == SubscriptionTable.Replaced), "Subscribe");
                if (result >= 0)
                {
                    _subscriptions[(subscriber, text)] = options;
                }

                break;
            case 1 when isFilter:
                Require(_subscriptions.Remove((subscriber, text))
                    == table.Unsubscribe(subscriber, framed, 1, length), "Unsubscribe");
                break;
            case 2:
                table.RemoveAll(subscriber);
                foreach ((int, string) key in _subscriptions.Keys
                    .Where(key => key.Subscriber == subscriber).ToArray())
                {
                    _subscriptions.Remove(key);
                }

                break;
            case 3 when isName:
                Match(text, framed);
                break;
            case 4 when isName:
                Retain(text, framed);
                break;
            case 5 when isName:
                bool wasThere = _retained.Remove(text, out int message);
                Require(retained.Remove(framed, 1, length) == wasThere, "Remove");
                messages.Free(wasThere ? message : BlockPool.None);
                break;
            case 6 when isFilter:
                Scan(text, framed, who);
                break;
            default:
                return;
        }

        Require(table.Count == _subscriptions.Count, "the number of subscriptions");
        Require(retained.Count == _retained.Count, "the number of retained names");
    }

    /// <summary>Removes everything; all memory has to be back then.</summary>
    public void End()
    {
        for (int subscriber = 0; subscriber < Subscribers; subscriber++)
        {
            table.RemoveAll(subscriber);
        }

        Require(table.Count == 0, "subscriptions are left");
        foreach (int message in _retained.Values)
        {
            messages.Free(message);
        }

        Require(messages.FreeCount == _blocks, "blocks of retained names are not back");
    }

    private void Match(string name, byte[] framed)
    {
        (int Subscriber, int Qos, bool Local, bool Keeps, bool KeepsOwn)[] expected =
        [
            .. _subscriptions.Where(s => TopicRules.Matches(s.Key.Filter, name))
                .GroupBy(s => s.Key.Subscriber, s => s.Value)
                .OrderBy(group => group.Key)
                .Select(group => (group.Key, group.Max(o => o & 3), group.Any(o => (o & 4) == 0),
                    group.Any(o => (o & 8) != 0), group.Any(o => (o & 12) == 8))),
        ];
        foreach ((string filter, int _) in _subscriptions.Keys.Select(k => (k.Filter, 0)))
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(filter);
            Require(TopicFilter.Matches(bytes, 0, bytes.Length, framed, 1, framed.Length - 2)
                == TopicRules.Matches(filter, name), $"{filter} and {name} (section 4.7)");
        }

        bool isCut = table.Levels.Split(framed, 1, framed.Length - 2);
        int count = isCut ? table.Match(framed, 1, framed.Length - 2, _found, _options, 0) : 0;
        Require(!isCut || expected.SequenceEqual(Results(_found, _options, 0, count)),
            $"who gets {name}");
        int route = routes.Find(framed, 1, framed.Length - 2, _hint);
        Require(isCut == (route != RouteCache.None), $"whether {name} has a route");
        if (route != RouteCache.None)
        {
            Require(expected.SequenceEqual(Results(routes.Subscribers, routes.Options,
                routes.First[route], routes.Count[route])), $"who gets {name} by its route");
            _hint = route;
        }
    }

    private static IEnumerable<(int, int, bool, bool, bool)> Results(
        int[] subscribers, byte[] options, int first, int count) =>
        Enumerable.Range(first, count).Select(i =>
        {
            int o = options[i];
            bool keeps = (o & SubscriptionOptions.RetainAsPublished) != 0;
            bool isLocal = (o & SubscriptionOptions.NoLocal) == 0;
            return (subscribers[i], o & SubscriptionOptions.QosMask, isLocal, keeps,
                keeps && isLocal && (o & SubscriptionOptions.RetainOfOthers) == 0);
        }).OrderBy(result => result.Item1);

    private void Retain(string name, byte[] framed)
    {
        int length = framed.Length - 2;
        int message = messages.Begin(2 + length);
        if (message == BlockPool.None)
        {
            return;
        }

        messages.Append([(byte)(length >> 8), (byte)length], 0, 2);
        messages.Append(framed, 1, length);
        bool isStored = retained.Put(framed, 1, length, message);
        Require(isStored || !_retained.ContainsKey(name), "a retained name is not replaced");
        messages.Free(isStored ? _retained.GetValueOrDefault(name, BlockPool.None) : message);
        if (isStored)
        {
            _retained[name] = message;
        }

        Require(retained.Get(framed, 1, length)
            == _retained.GetValueOrDefault(name, RetainedTable.None), "Get");
    }

    private void Scan(string filter, byte[] framed, int steps)
    {
        var found = new List<int>();
        for (int place = 0; place != retained.Positions();)
        {
            retained.BeginScan(framed, 1, framed.Length - 2);
            place = retained.Scan(place, 1 + (steps & 15));
            if (place < 0)
            {
                place = ~place;
            }
            else if (place != retained.Positions())
            {
                found.Add(retained.At(place++));
            }
        }

        // A filter of too many levels finds nothing: it is refused before it is looked up.
        bool isCut = table.Levels.Split(framed, 1, framed.Length - 2);
        IEnumerable<int> expected = _retained
            .Where(r => isCut && TopicRules.Matches(filter, r.Key)).Select(r => r.Value);
        Require(found.Order().SequenceEqual(expected.Order()), $"what {filter} finds retained");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
