using System.Linq;
using EdgeBroker.Memory;
using EdgeBroker.Topics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// What a match costs: a look-up for each shape of filters in use, each of which follows a chain
/// that stays short whatever is stored.
/// </summary>
[TestClass]
public sealed class MatchCostTests
{
    private const int Filters = 50_000;

    [TestMethod]
    public void Match_AmongFiftyThousandUnrelatedFilters_LooksUpNoMoreShapes()
    {
        SubscriptionTable table = Table(60_000);
        string[] related =
            ["plant/+/temp", "plant/7/temp", "plant/#", "+/7/+", "#", "plant/7", "plant/7/hum"];
        for (int i = 0; i < related.Length; i++)
        {
            Subscribe(table, i, related[i]);
        }

        Assert.AreEqual(5, Shapes(table), "exact, a/+/a, a/#, +/a/+ and #");
        Assert.AreEqual(5, Match(table, "plant/7/temp"), "subscribers");
        for (int i = 0; i < Filters; i++)
        {
            string filter = (i % 4) switch
            {
                0 => $"site{i}/+/temp",
                1 => $"plant/{i}x/temp",
                2 => $"plant/7/temp/{i}",
                _ => $"plant/+/hum{i}",
            };
            Assert.AreEqual(SubscriptionTable.Added, Subscribe(table, i % 100, filter), filter);
        }

        Assert.AreEqual(5, Shapes(table), "the same shapes");
        Assert.AreEqual(5, Match(table, "plant/7/temp"), "the same subscribers");
        table.RemoveAll(4);
        Assert.AreEqual(4, Shapes(table), "no look-up for a shape that nobody has");
    }

    [TestMethod]
    public void Chains_OfAFullTable_StayShort()
    {
        SubscriptionTable table = Table(Filters + 1);
        for (int i = 0; i < Filters; i++)
        {
            string filter = i % 2 == 0 ? $"device{i}/status" : $"+/{i}/#";
            Assert.AreEqual(SubscriptionTable.Added, Subscribe(table, i % 100, filter), filter);
        }

        Assert.IsLessThanOrEqualTo(9, Longest(table, "_filterBucket", "NextFilter"), "filters");
        Assert.IsLessThanOrEqualTo(9, Longest(table, "_pairBucket", "NextPair"), "pairs");
    }

    private static int Longest(SubscriptionTable table, string bucket, string field)
    {
        int[] records = (int[])Inside.Field(table, "_records");
        const int Stride = SubscriptionTable.Stride;
        int next = Constant(field);
        return ((int[])Inside.Field(table, bucket)).Max(head =>
        {
            int length = 0;
            for (int s = head - 1; s >= 0; s = records[s * Stride + next])
            {
                length++;
            }

            return length;
        });
    }

    private static int Constant(string name) => (int)typeof(SubscriptionTable).GetField(name,
        System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)
        .GetRawConstantValue();

    private static int Shapes(SubscriptionTable table) =>
        ((FilterShapes)Inside.Field(table, "_shapes")).UsedCount;

    private static SubscriptionTable Table(int subscriptions) => new(
        subscriptions, 100, 100, 16, new TopicLevels(8, 77), new BlockPool(24, 2 * subscriptions));

    private static int Match(SubscriptionTable table, string name)
    {
        byte[] n = Text.Bytes(name);
        return table.Match(n, 0, n.Length, new int[100], new byte[100], 0);
    }

    private static int Subscribe(SubscriptionTable table, int subscriber, string filter)
    {
        byte[] f = Text.Bytes(filter);
        return table.Subscribe(subscriber, f, 0, f.Length, 0);
    }
}
