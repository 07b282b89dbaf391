using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// The tables against models in a few lines of LINQ, over lives that FsCheck invents and, when one
/// goes wrong, shortens.
/// </summary>
[TestClass]
public sealed class TableModelTests
{
    private const int Lives = 400;

    private static readonly Gen<TableCommand> _command =
        from kind in Gen.Choose(0, 9)
        from subscriber in Gen.Choose(0, 3)
        from filter in TopicGen.Filter
        from name in TopicGen.Name
        from options in Gen.Choose(0, 11)
        where (options & SubscriptionOptions.QosMask) != 3
        select new TableCommand(kind, subscriber, filter, name, (byte)options);

    private static readonly Arbitrary<List<TableCommand>> _life =
        Arb.From(_command.ListOf().Select(life => life.ToList()), Shorter);

    [TestMethod]
    public void SubscriptionTableAndRouteCache_AreAsTheModel() => Check(life =>
    {
        BlockPool texts = new(8, 40);
        SubscriptionTable table = new(20, 4, 4, 9, new TopicLevels(8, 99), texts);
        RouteCache cache = new(table, 4, 6, 5);
        Dictionary<(int, string), byte> model = [];
        int hint = RouteCache.None;
        foreach (TableCommand step in life)
        {
            byte[] filter = Encoding.UTF8.GetBytes(step.Filter);
            var key = (step.Subscriber, step.Filter);
            if (step.Kind < 6)
            {
                int result = table.Subscribe(
                    step.Subscriber, filter, 0, filter.Length, step.Options);
                bool isRight = model.ContainsKey(key)
                    ? result == SubscriptionTable.Replaced
                    : result != SubscriptionTable.Replaced;
                Assert.IsTrue(isRight, $"Subscribe {result}");
                if (result >= 0)
                {
                    model[key] = step.Options;
                }
            }
            else if (step.Kind < 9)
            {
                Assert.AreEqual(model.Remove(key),
                    table.Unsubscribe(step.Subscriber, filter, 0, filter.Length), "Unsubscribe");
            }
            else
            {
                table.RemoveAll(step.Subscriber);
                model = model.Where(pair => pair.Key.Item1 != step.Subscriber)
                    .ToDictionary(pair => pair.Key, pair => pair.Value);
            }

            Assert.AreEqual(model.Count, table.Count, "Count");
            hint = AssertRoute(table, cache, model, step.Name, hint);
        }

        for (int subscriber = 0; subscriber < 4; subscriber++)
        {
            table.RemoveAll(subscriber);
        }

        Assert.AreEqual(40, texts.FreeCount, "texts are back");
    });

    [TestMethod]
    public void RetainedTable_IsAsTheModel() => Check(life =>
    {
        BlockPool messages = new(8, 200);
        RetainedTable table = new(8, new TopicLevels(8, 99), messages);
        Dictionary<string, int> model = [];
        foreach (TableCommand step in life)
        {
            byte[] name = Encoding.UTF8.GetBytes(step.Name);
            if (step.Kind < 6)
            {
                byte[] bytes = [(byte)(name.Length >> 8), (byte)name.Length, .. name];
                int message = messages.Store(bytes, 0, bytes.Length);
                bool isStored = table.Put(name, 0, name.Length, message);
                Assert.AreEqual(model.Count < 8 || model.ContainsKey(step.Name), isStored, "Put");
                int gone = isStored
                    ? model.GetValueOrDefault(step.Name, BlockPool.None)
                    : message;
                messages.Free(gone);
                if (isStored)
                {
                    model[step.Name] = message;
                }
            }
            else
            {
                bool wasThere = model.Remove(step.Name, out int message);
                Assert.AreEqual(wasThere, table.Remove(name, 0, name.Length), "Remove");
                messages.Free(wasThere ? message : BlockPool.None);
            }

            Assert.AreEqual(model.Count, table.Count, "Count");
            Assert.AreEqual(model.GetValueOrDefault(step.Name, RetainedTable.None),
                table.Get(name, 0, name.Length), "Get");
            AssertScan(table, model, step.Filter, step.Options + 1);
        }
    });

    [TestMethod]
    public void BlockPool_IsAsTheModel()
    {
        Arbitrary<List<int>> lengths =
            Arb.From(Gen.Choose(-20, 60).ListOf().Select(list => list.ToList()));
        Prop.ForAll(lengths, steps =>
        {
            BlockPool pool = new(7, 20);
            List<(int Chain, byte[] Bytes)> model = [];
            foreach (int step in steps)
            {
                if (step < 0 && model.Count > 0)
                {
                    int at = -step % model.Count;
                    AssertHolds(pool, model[at].Chain, model[at].Bytes);
                    pool.Free(model[at].Chain);
                    model.RemoveAt(at);
                    continue;
                }

                byte[] bytes = new byte[int.Max(step, 0)];
                System.Array.Fill(bytes, (byte)model.Count);
                int chain = pool.Store(bytes, 0, bytes.Length);
                int used = model.Sum(entry => pool.BlocksFor(entry.Bytes.Length));
                Assert.AreEqual(used + pool.BlocksFor(bytes.Length) <= 20,
                    chain != BlockPool.None, "stored when there is room");
                if (chain != BlockPool.None)
                {
                    model.Add((chain, bytes));
                }
            }

            model.ForEach(entry => AssertHolds(pool, entry.Chain, entry.Bytes));
            model.ForEach(entry => pool.Free(entry.Chain));
            Assert.AreEqual(20, pool.FreeCount, "all back");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Lives));
    }

    private static void Check(System.Action<List<TableCommand>> live) =>
        Prop.ForAll(_life, live).Check(
            Config.QuickThrowOnFailure.WithMaxTest(Lives).WithEndSize(120));

    private static IEnumerable<List<TableCommand>> Shorter(List<TableCommand> life)
    {
        if (life.Count > 3)
        {
            yield return life[(life.Count / 2)..];
            yield return life[..(life.Count / 2)];
        }

        for (int i = 0; i < life.Count; i++)
        {
            yield return [.. life[..i], .. life[(i + 1)..]];
        }
    }

    private static int AssertRoute(SubscriptionTable table, RouteCache cache,
        Dictionary<(int Subscriber, string Filter), byte> model, string name, int hint)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        var expected = model.Where(pair => IsMatch(pair.Key.Filter, name))
            .GroupBy(pair => pair.Key.Subscriber, pair => pair.Value)
            .Select(group => (group.Key, Options: Merge(group)))
            .Order().ToArray();
        int[] found = new int[4];
        byte[] options = new byte[4];
        int count = table.Match(bytes, 0, bytes.Length, found, options, 0);
        CollectionAssert.AreEqual(expected, Results(found, options, 0, count), $"Match {name}");
        int route = cache.Find(bytes, 0, bytes.Length, hint);
        CollectionAssert.AreEqual(expected, Results(cache.Subscribers, cache.Options,
            cache.First[route], cache.Count[route]), $"route of {name}");
        return route;
    }

    private static (int, int)[] Results(int[] subscribers, byte[] options, int first, int count) =>
        [.. Enumerable.Range(first, count)
            .Select(i => (subscribers[i], options[i] & ~SubscriptionOptions.RetainHandlingMask))
            .Order()];

    private static int Merge(IEnumerable<byte> options) =>
        options.Max(o => o & SubscriptionOptions.QosMask)
        | options.Aggregate(0, (sum, o) => sum | (o & SubscriptionOptions.RetainAsPublished))
        | options.Aggregate(SubscriptionOptions.NoLocal, (all, o) => (byte)(all & o));

    private static void AssertScan(
        RetainedTable table, Dictionary<string, int> model, string filter, int steps)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(filter);
        List<int> found = [];
        int place = 0;
        while (place != table.Positions())
        {
            place = Tables.Scan(table, bytes, place, steps);
            if (place < 0)
            {
                place = ~place;
            }
            else if (place != table.Positions())
            {
                found.Add(table.At(place++));
            }
        }

        int[] expected = [.. model.Where(pair => IsMatch(filter, pair.Key))
            .Select(pair => pair.Value).Order()];
        found.Sort();
        CollectionAssert.AreEqual(expected, found, $"scan of {filter}");
    }

    private static void AssertHolds(BlockPool pool, int chain, byte[] bytes)
    {
        byte[] read = new byte[bytes.Length];
        pool.Read(chain, 0, read, 0, read.Length);
        CollectionAssert.AreEqual(bytes, read, "bytes");
    }

    // Written apart from TopicFilter.Matches, level by level as section 4.7 says it.
    private static bool IsMatch(string filter, string name)
    {
        string[] f = filter.Split('/');
        string[] n = name.Split('/');
        if (name[0] == '$' && f[0] is "+" or "#")
        {
            return false;
        }

        for (int i = 0; i < f.Length; i++)
        {
            if (f[i] == "#")
            {
                return true;
            }

            if (i == n.Length || (f[i] != "+" && f[i] != n[i]))
            {
                return false;
            }
        }

        return f.Length == n.Length;
    }
}
