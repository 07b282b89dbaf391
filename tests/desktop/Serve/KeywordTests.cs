using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>Each keyword reaches what it names, and keeps its range.</summary>
[TestClass]
public sealed class KeywordTests
{
    /// <summary>For each keyword a value and where it has to arrive.</summary>
    private static readonly Dictionary<string, (string Value, Func<ServeConfig, object> Arrives)>
        _effects = new()
        {
            ["listener"] = ("7 ::1", c => c.AllListeners().Single().EndPoint is
            { Port: 7, Address.AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 }
                    ? "7 ::1"
                    : null),
            ["port"] = ("7", c => c.AllListeners().Single().EndPoint.Port),
            ["bind_address"] = ("127.0.0.9", c => c.AllListeners().Single().EndPoint.Address),
            ["allow_anonymous"] = ("false", c => c.AllowAnonymous),
            ["max_connections"] = ("7", c => Core(c).MaxConnections),
            ["max_packet_size"] = ("777777", c => Core(c).MaxPacketSize),
            ["max_queued_messages"] = ("7", c => Core(c).MaxQueuedMessages),
            ["max_queued_bytes"] = ("777", c => Core(c).MaxQueuedBytes),
            ["max_qos"] = ("0", c => c.Settings.MaxQos),
            ["max_inflight_messages"] = ("7", c => Core(c).MaxInflight),
            ["persistent_client_expiration"] = ("2d", c => Core(c).MaxSessionExpiryS == 172_800
                ? "2d"
                : null),
            ["max_sessions"] = ("7", c => Core(c).MaxSessions),
            ["max_keepalive"] = ("7", c => c.Settings.MaxKeepAliveS),
            ["retain_available"] = ("false", c => c.Settings.RetainAvailable),
            ["allow_zero_length_clientid"] = ("false", c => c.Settings.AllowZeroLengthClientId),
            ["auto_id_prefix"] = ("x", c => c.Settings.ClientIdPrefix),
            ["sys_interval"] = ("7", c => c.Settings.SysIntervalS),
            ["memory_limit"] = ("2560000",
                c => Core(c).MessageBlocks * Core(c).MessageBlockSize),
            ["log_type"] = ("error", c => c.LogTypes == LogTypes.Error ? "error" : null),
            ["log_timestamp"] = ("false", c => c.HasLogTimestamp),
            ["connection_messages"] = ("false", c => c.HasConnectionMessages),
            ["pid_file"] = ("x y", c => c.PidFile),
            ["log_dest"] = ("file x y", c => "file " + c.LogTargets.File),
            ["persistence"] = ("true", c => c.Notes.Count > 0),
            ["max_subscriptions"] = ("7", c => Core(c).MaxSubscriptions),
            ["max_subscriptions_per_client"] = ("7", c => Core(c).MaxSubscriptionsPerClient),
            ["max_filters_per_packet"] = ("7", c => Core(c).MaxFiltersPerPacket),
            ["max_topic_length"] = ("7", c => Core(c).MaxTopicLength),
            ["max_topic_levels"] = ("7", c => Core(c).MaxTopicLevels),
            ["max_retained_messages"] = ("7", c => Core(c).MaxRetainedMessages),
            ["max_retained_bytes"] = ("7", c => Core(c).MaxRetainedBytes),
            ["max_clientid_length"] = ("77", c => Core(c).MaxClientIdLength),
            ["max_connect_rate"] = ("7", c => Core(c).MaxConnectRate),
            ["max_connect_size"] = ("777", c => Core(c).MaxConnectSize),
            ["connect_timeout"] = ("7", c => c.Settings.ConnectTimeoutMs / 1000),
            ["packet_timeout"] = ("7", c => c.Settings.PacketTimeoutMs / 1000),
            ["queue_full_policy"] = ("drop_oldest",
                c => c.Settings.QueueFullPolicy == QueueFullPolicy.DropOldest
                    ? "drop_oldest"
                    : null),
            ["queue_full_deadline"] = ("7", c => c.Settings.QueueFullDeadlineMs / 1000),
            ["slow_grace"] = ("7", c => c.Settings.SlowGraceMs),
        };

    /// <summary>Keywords that have a single value, or that name other files.</summary>
    private static readonly string[] _withoutEffect =
        ["include_dir", "per_listener_settings", "protocol"];

    public static IEnumerable<object[]> Names => Keywords.All
        .Where(k => !_withoutEffect.Contains(k.Name)).Select(k => new object[] { k.Name });

    public static IEnumerable<object[]> NumberNames => Keywords.All
        .Where(k => k.Unit.Length > 0).Select(k => new object[] { k.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Keyword_ReachesWhatItNames(string name)
    {
        (string value, Func<ServeConfig, object> arrives) = _effects[name];
        Keyword keyword = Keywords.Find(name);
        var config = new ServeConfig();
        Assert.AreNotEqual(value, Text(arrives(config)), "the default would prove nothing");
        config.Lines.Add(name, new ConfigLine("f.conf", 1, 0));
        Assert.IsNull(keyword.Apply(config, value));
        Assert.AreEqual(value, Text(arrives(config)));
        config.Settings.Validate(config.Limits.ToBrokerLimits());
        Core(config).Validate();
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void RunningBroker_TakesOverWhatIsSaidToBe(string name)
    {
        (string value, Func<ServeConfig, object> arrives) = _effects[name];
        Keyword keyword = Keywords.Find(name);
        var fresh = new ServeConfig();
        fresh.Lines.Add(name, new ConfigLine("f.conf", 1, 0));
        fresh.Values.Add(name, value);
        Assert.IsNull(keyword.Apply(fresh, value));
        var running = new ServeConfig();
        running.TakeOver(fresh);
        Assert.AreEqual(keyword.IsTakenOver, Text(arrives(running)) == value);
        Assert.AreEqual(keyword.IsTakenOver, running.Values.ContainsKey(name));
        running.TakeOver(new ServeConfig());
        Assert.AreNotEqual(value, Text(arrives(running)), "the default does not come back");
    }

    [TestMethod]
    [DynamicData(nameof(NumberNames))]
    public void Number_IsTakenFromTheLeastToTheMostAndNoFurther(string name)
    {
        Keyword keyword = Keywords.Find(name);
        long[] ends = [.. keyword.Range.Split(" to ").Select(long.Parse)];
        foreach (long end in ends)
        {
            var config = new ServeConfig();
            Assert.IsNull(keyword.Apply(config, Text(end)));
            Assert.AreEqual(end, keyword.NumberIn(config));
            config.Settings.Validate(config.Limits.ToBrokerLimits());
            Core(config).Validate();
        }

        Assert.IsNotNull(keyword.Apply(new ServeConfig(), Text(ends[0] - 1)));
        Assert.IsNotNull(keyword.Apply(new ServeConfig(), Text(ends[1] + 1)));
    }

    [TestMethod]
    public void AllNumbersAtTheirMost_AreStillLimitsOfTheCore()
    {
        var config = new ServeConfig();
        foreach (Keyword keyword in Keywords.All.Where(k => k.Unit.Length > 0))
        {
            keyword.Apply(config, keyword.Range.Split(" to ")[1]);
        }

        config.Settings.Validate(config.Limits.ToBrokerLimits());
        Core(config).Validate();
    }

    [TestMethod]
    public void InnerTables_GrowWithTheLimitsTheyServe()
    {
        BrokerLimits standard = Core(new ServeConfig());
        var config = new ServeConfig();
        config.Limits.MaxSubscriptions = 2_000_000;
        config.Limits.MaxQueuedMessages = 1_000_000;
        config.Limits.MaxQueuedBytes = 500_000_000;
        BrokerLimits large = Core(config);
        Assert.IsGreaterThan(standard.TextBlocks, large.TextBlocks);
        Assert.IsGreaterThan(standard.TextBlocks, large.TextBlocks);
        Assert.IsGreaterThan(standard.MaxQueueEntries, large.MaxQueueEntries);
        Assert.IsGreaterThanOrEqualTo(
            1_000_000_000L, (long)large.MessageBlocks * large.MessageBlockSize);
    }

    [TestMethod]
    public void WhatIsNotStated_AdaptsToWhatIs()
    {
        var config = new ServeConfig();
        config.Limits.MaxPacketSize = 1000;
        config.Limits.MaxSubscriptions = 10;
        config.Limits.MemoryLimit = 2_000_000;
        BrokerLimits limits = Core(config);
        Assert.AreEqual(1000, limits.MaxConnectSize);
        Assert.AreEqual(10, limits.MaxSubscriptionsPerClient);
        Assert.AreEqual(1_000_000, limits.MaxQueuedBytes);
        Assert.AreEqual(1_000_000, limits.MaxRetainedBytes);
    }

    [TestMethod]
    public void Packets_ThatNoQueueHolds_AreNotTaken()
    {
        var config = new ServeConfig();
        config.Limits.MaxQueuedBytes = 1000;
        Assert.AreEqual(1000, Core(config).MaxPacketSize);
        config = new ServeConfig();
        config.Limits.MaxPacketSize = 100_000_000;
        Assert.AreEqual(100_000_000, Core(config).MaxQueuedBytes);
    }

    [TestMethod]
    public void HelpConfig_NamesEveryKeywordWithItsDefault()
    {
        var help = new StringWriter();
        KeywordHelp.Write(help);
        foreach (Keyword keyword in Keywords.All)
        {
            StringAssert.Contains(help.ToString(), $"  {keyword.Name}  {keyword.Range}");
            StringAssert.Contains(help.ToString(), keyword.Help);
        }
    }

    private static BrokerLimits Core(ServeConfig config)
    {
        return config.Limits.ToBrokerLimits();
    }

    private static string Text(object value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture);
        return value is bool ? text.ToLowerInvariant() : text;
    }

    [TestMethod]
    [DataRow("never", 0)]
    [DataRow("1h", 3600)]
    [DataRow("2d", 172_800)]
    [DataRow("3w", 1_814_400)]
    [DataRow("1m", 2_592_000)]
    [DataRow("68y", 2_144_448_000)]
    [DataRow("69y", null)]
    [DataRow("0d", null)]
    [DataRow("7", null)]
    [DataRow("d", null)]
    [DataRow("-1d", null)]
    [DataRow("1 d", null)]
    [DataRow("99999999999999999999h", null)]
    public void Duration_IsReadAsMosquittoDoes(string text, int? seconds) =>
        Assert.AreEqual(seconds, Durations.Seconds(text));
}
