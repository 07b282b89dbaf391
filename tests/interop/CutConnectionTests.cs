using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeBroker.Tests.Interop.Cuts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>
/// External clients with sessions, as publishers and subscribers, over connections that are cut.
/// </summary>
/// <remarks>
/// By default the connections end after a number of bytes. With EDGEBROKER_CUT_MESSAGES=100000 so
/// many messages are sent for each QoS and size, fewer of the large ones, and each connection ends
/// after a second. EDGEBROKER_CUT_ROWS=1:16,2:60000 names QoS and size.
/// </remarks>
[TestClass]
public sealed class CutConnectionTests : InteropTest
{
    private const string Variable = "EDGEBROKER_CUT_MESSAGES";
    private const string RowsVariable = "EDGEBROKER_CUT_ROWS";
    private const string DefaultRows = "1:16,2:1000";
    private const int Second = 1000;
    private const int FewMessages = 1200;
    private const int LargeSize = 60_000;

    // Large messages take as much time as many times as many small ones.
    private const int LargeDivisor = 20;
    private const int Parts = 20;
    private const int LongLimitMs = 1_800_000;

    private static readonly (string, int)[] _clients =
    [
        .. from library in new[]
        {
            ClientLibrary.Mosquitto, ClientLibrary.Paho, ClientLibrary.MqttJs,
        }
        from version in new[] { ClientLibrary.Mqtt311, ClientLibrary.Mqtt5 }
        select (library, version),
    ];

    /// <summary>QoS and bytes of the payload.</summary>
    public static IEnumerable<object[]> Rows =>
        from row in (Environment.GetEnvironmentVariable(RowsVariable) ?? DefaultRows).Split(',')
        let words = row.Split(':')
        select new object[]
        {
            int.Parse(words[0], CultureInfo.InvariantCulture),
            int.Parse(words[1], CultureInfo.InvariantCulture),
        };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void CutConnections_NothingIsLost_NothingComesTwiceAtQos2_OrderIsKept(
        int qos, int size)
    {
        string many = Environment.GetEnvironmentVariable(Variable);
        int messages = many == null ? FewMessages : int.Parse(many, CultureInfo.InvariantCulture);
        messages /= (size == LargeSize ? LargeDivisor : 1) * _clients.Length;

        // Nothing may be dropped for want of room while a subscriber is away.
        using BrokerUnderTest broker = BrokerUnderTest.Start(
            "max_queued_messages 1000000", "max_queued_bytes 1000000000",
            "memory_limit 2000000000", "sys_interval 1");
        UseBench(new Bench(broker, NewDeadline(many == null ? 4 * LimitMs : LongLimitMs)));
        // Subscribers get as much as all publishers send; mosquitto_sub waits for a second after
        // each cut.
        using var near = new CutProxy(broker.Port, number => many == null
            ? AfterBytes(number, size, 2, messages / 2) : AfterASecond(number));
        using var far = new CutProxy(broker.Port, number => many == null
            ? AfterBytes(number, size, messages / 2, messages * 2) : AfterASecond(number));
        var run = new CutRun(Bench, new CutLoad(Bench.Root, qos, messages, size), _clients);
        run.Run(near, far, many == null ? 1 : Parts);

        List<string> report =
        [
            .. run.Report,
            $"cut: {near.Cuts} connections of publishers, {far.Cuts} of subscribers",
        ];
        report.ForEach(TestContext.WriteLine);
        string all = string.Join("\n", report);
        Assert.IsGreaterThan(0, near.Cuts, all);
        Assert.IsGreaterThan(0, far.Cuts, all);
        Assert.IsTrue(run.Tallies.All(tally => tally.Lost == 0), all);
        CutTally first = run.Tallies.First();
        Assert.IsTrue(run.Tallies.All(tally => tally.OrdersOtherThan(first) == 0), all);

        // What mosquitto_pub and paho are told to publish while they connect again overtakes what
        // they have to send again, unless that is as much as they may have on its way.
        Assert.IsTrue(many != null || run.Tallies.All(tally => tally.Late == 0), all);
        Assert.IsTrue(run.Tallies.All(tally => tally.Wrong == 0), all);
        Assert.IsTrue(qos == 1 || run.Tallies.All(tally => tally.Twice == 0), all);
    }

    /// <summary>A connection ends after some messages, in the midst of one.</summary>
    private static CutPlan AfterBytes(int number, int size, int least, int most)
    {
        // What comes before the messages passes always, or nothing would ever arrive.
        var random = new Random(number);
        int bytes = 500 + random.Next(least * (size + 40), most * (size + 40));
        return AfterASecond(number) with { Bytes = bytes, Ms = 0 };
    }

    private static CutPlan AfterASecond(int number) =>
        new(0, Second, number % 2 == 0, number / 2 % 2 == 0);
}
