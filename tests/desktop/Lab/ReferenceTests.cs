using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>The core sends what the reference broker sends, on random histories.</summary>
[TestClass]
public sealed class ReferenceTests
{
    [TestMethod]
    public void GenerousLimits_CoreAndReferenceAgree() => Play(false, 40, 400);

    [TestMethod]
    public void TightLimits_CoreAndReferenceAgreeButForNamedLimits()
    {
        HashSet<string> used = Play(true, 150, 800);

        // So that the histories reach what they are for; those left out are rare.
        string[] expected =
        [
            "MaxConnections", "MaxConnectRate", "MaxClientIdLength", "ClientIdBlocks",
            "MessageBlocks for a Will", "MaxTopicLength, MaxTopicLevels", "MaxFiltersPerPacket",
            "MaxPacketSize, MaxConnectSize", "ConnectTimeoutMs", "PacketTimeoutMs",
            "MaxTopicLength of a filter", "MaxSubscriptionsPerClient",
            "MaxSubscriptions, TextBlocks", "MaxRetainedMessages, MaxRetainedBytes",
            "MaxQueuedMessages, MaxQueuedBytes", "MessageBlocks", "ClosingTimeoutMs",
        ];
        CollectionAssert.IsSubsetOf(expected, used.ToArray());
    }

    private static HashSet<string> Play(bool isTight, int seeds, int turns)
    {
        string more = Environment.GetEnvironmentVariable("EDGEBROKER_LAB_SEEDS");
        seeds = more == null ? seeds : int.Parse(more);
        HashSet<string> used = [];
        for (int seed = 1; seed <= seeds; seed++)
        {
            Trial trial = new(seed, isTight);
            Assert.IsTrue(trial.Run(turns), trial.Failure);
            used.UnionWith(trial.Used.Keys);
        }

        return used;
    }
}
