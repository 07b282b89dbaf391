using EdgeBroker.Memory;
using EdgeBroker.Topics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// What a match costs, counted in the links that its look-ups follow: the same whether there are
/// twenty subscriptions or fifty thousand more that have nothing to do with the name.
/// </summary>
[TestClass]
public sealed class MatchCostTests
{
    private const int Unrelated = 50_000;

    [TestMethod]
    public void Match_AmongFiftyThousandUnrelatedSubscriptions_CostsTheSame()
    {
        BlockPool texts = new(16, 200_000);
        TopicLevels levels = new(8, 77);
        SubscriptionTable table = new(60_000, 100, 130_000, levels, texts);
        string[] related =
            ["plant/+/temp", "plant/7/temp", "plant/#", "+/7/+", "#", "plant/7", "plant/7/hum"];
        for (int i = 0; i < related.Length; i++)
        {
            Subscribe(table, i, related[i]);
        }

        (int nodes, int links, int found) = Cost(table, "plant/7/temp");
        for (int i = 0; i < Unrelated; i++)
        {
            // Neighbours in every way: other first levels, other children of levels on the path,
            // longer filters below it.
            string filter = (i % 4) switch
            {
                0 => $"site{i}/+/temp",
                1 => $"plant/{i}x/temp",
                2 => $"plant/7/temp/{i}",
                _ => $"plant/+/hum{i}",
            };
            Assert.AreEqual(SubscriptionTable.Added, Subscribe(table, i % 100, filter), filter);
        }

        (int nodesAfter, int linksAfter, int foundAfter) = Cost(table, "plant/7/temp");
        Assert.AreEqual(nodes, nodesAfter, "nodes visited");
        Assert.AreEqual(5, found, "subscribers");
        Assert.AreEqual(found, foundAfter, "subscribers");

        // A look-up follows one hash chain; its mean length stays below two whatever is stored.
        Assert.IsLessThanOrEqualTo(links + 2 * 3 * nodes, linksAfter, "links followed");
    }

    [TestMethod]
    public void HashChains_StayShortWithAFullTable()
    {
        BlockPool texts = new(16, 140_000);
        SubscriptionTable table = new(120_000, 10, 130_000, new TopicLevels(8, 77), texts);
        for (int i = 0; i < 100_000; i++)
        {
            Subscribe(table, 0, $"device{i}/status");
            if (texts.FreeCount < 4)
            {
                break;
            }
        }

        TopicTree tree = (TopicTree)Inside.Field(table, "_tree");
        int[] next = (int[])Inside.Field(tree, "_nextInBucket");
        int longest = 0;
        foreach (int head in (int[])Inside.Field(tree, "_bucket"))
        {
            int length = 0;
            for (int node = head - 1; node >= 0; node = next[node] - 1)
            {
                length++;
            }

            longest = int.Max(longest, length);
        }

        Assert.IsGreaterThan(1, longest);
        Assert.IsLessThanOrEqualTo(12, longest, "links of the longest chain");
    }

    private static int Subscribe(SubscriptionTable table, int subscriber, string filter)
    {
        byte[] f = Text.Bytes(filter);
        return table.Subscribe(subscriber, f, 0, f.Length, 0);
    }

    // Does the look-ups of Match by hand: the children "#", "+" and the level of each node reached.
    private static (int Nodes, int Links, int Found) Cost(SubscriptionTable table, string name)
    {
        byte[] n = Text.Bytes(name);
        TopicTree tree = (TopicTree)Inside.Field(table, "_tree");
        TopicLevels levels = (TopicLevels)Inside.Field(table, "_levels");
        levels.Split(n, 0, n.Length);
        int nodes = 0;
        int links = 0;
        Walk(tree, levels, n, TopicTree.Root, 0, ref nodes, ref links);
        int found = table.Match(n, 0, n.Length, new int[100], new byte[100], 0);
        return (nodes, links, found);
    }

    private static void Walk(TopicTree tree, TopicLevels levels, byte[] name, int node, int level,
        ref int nodes, ref int links)
    {
        nodes++;
        LookUp(tree, node, [(byte)'#'], 0, 1, levels.HashOf('#'), ref links);
        if (level == levels.Count)
        {
            return;
        }

        int child = LookUp(tree, node, [(byte)'+'], 0, 1, levels.HashOf('+'), ref links);
        if (child != TopicTree.None)
        {
            Walk(tree, levels, name, child, level + 1, ref nodes, ref links);
        }

        child = LookUp(tree, node, name, levels.Start[level], levels.Length[level],
            levels.Hash[level], ref links);
        if (child != TopicTree.None)
        {
            Walk(tree, levels, name, child, level + 1, ref nodes, ref links);
        }
    }

    private static int LookUp(TopicTree tree, int parent, byte[] buffer, int offset, int length,
        int levelHash, ref int links)
    {
        int child = tree.Child(parent, buffer, offset, length, levelHash);
        int[] bucket = (int[])Inside.Field(tree, "_bucket");
        int[] next = (int[])Inside.Field(tree, "_nextInBucket");
        int hash = levelHash ^ (parent * -1640531527);
        int at = bucket[(hash ^ (hash >> 15)) & (bucket.Length - 1)] - 1;
        while (at >= 0)
        {
            links++;
            if (at == child)
            {
                break;
            }

            at = next[at] - 1;
        }

        return child;
    }
}
