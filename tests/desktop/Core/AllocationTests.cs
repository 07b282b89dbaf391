using System;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Cost.Operations;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Once it runs, the core takes no memory from the heap, whatever it does.</summary>
[TestClass]
public sealed class AllocationTests
{
    // The runtime allocates for itself now and then, more so on a busy machine. What the core
    // allocates comes again, after the same verbs.
    private const int Again = 2;

    private const int Messages = 100_000;
    private const int WarmUp = 2_000;

    [TestMethod]
    [Retry(Again)]
    [DataRow("04", DisplayName = "3.1.1")]
    [DataRow("05", DisplayName = "5.0")]
    public void RoutingToTenSubscribers_AllocatesNothing(string version)
    {
        CoreDriver driver = Driver();
        string none = version == "05" ? "[ ]" : "";
        string some = version == "05" ? "[ 26 `key` `value` 02 00 00 0e 10 01 01 ]" : "";
        string[] filters =
            ["#", "plant/+/temp", "plant/#", "plant/3/temp", "+/+/temp", "plant/1/#", "plant/+/#",
             "+/2/+", "plant/0/temp", "/#"];
        for (int i = 0; i < filters.Length; i++)
        {
            driver.Open(Wire.Parse($"10 [ `MQTT` {version} 02 00 00 {none} `s{i}` ] "
                + $"82 [ 00 01 {none} `{filters[i]}` 00 ]"));
        }

        int publisher = driver.Open(Wire.Parse($"10 [ `MQTT` {version} 02 00 3c {none} `p` ]"));
        byte[][] packets = new byte[64][];
        for (int i = 0; i < packets.Length; i++)
        {
            string header = i % 16 == 0 ? "31" : i % 8 == 0 ? "32" : "30";
            string id = header == "32" ? "00 07" : "";
            packets[i] = Wire.Parse($"{header} [ `plant/{i % 40}/temp` {id} "
                + $"{(i % 3 == 0 ? some : none)} *{i * 5} ]");
        }

        AssertNoAllocation(WarmUp, Messages, i =>
        {
            driver.NowMs += i & 1;
            driver.Send(publisher, packets[i & 63]);
            driver.Flush();
            driver.Broker.Tick(driver.NowMs);
        });
        Assert.IsGreaterThan(Messages * 4L * 20, driver.Received);
        Assert.AreEqual((long)Messages + WarmUp, driver.Broker.CounterOf(Counter.PublishReceived));
    }

    [TestMethod]
    [Retry(Again)]
    public void ConnectSubscribeWillsAndTakeovers_AllocateNothing()
    {
        CoreDriver driver = Driver();
        int watcher = driver.Open(Wire.Parse(
            "10 [ `MQTT` 05 02 00 00 [ ] `w` ] 82 [ 00 01 [ ] `#` 00 `$SYS/#` 00 ]"));
        byte[][] connects = new byte[16][];
        for (int i = 0; i < connects.Length; i++)
        {
            connects[i] = Wire.Parse(i % 4 == 0
                ? "10 [ `MQTT` 05 06 00 0a [ ] `` [ 26 `k` `v` 18 00 00 00 05 ] `gone` `x` ]"
                : $"10 [ `MQTT` 04 26 00 0a `c{i % 5}` `gone/{i}` `x` ]");
        }

        byte[] subscribe5 =
            Wire.Parse("82 [ 00 01 [ ] `a/+/b` 00 `gone/#` 00 `$share/g/a` 00 ] c0 00");
        byte[] subscribe4 = Wire.Parse("82 [ 00 01 `a/+/b` 00 `gone/#` 00 `$share/g/a` 00 ] c0 00");
        byte[] broken = Wire.Parse("30 [ `a/#` ]");
        int previous = -1;
        AssertNoAllocation(WarmUp, 20_000, i =>
        {
            driver.NowMs += 500;
            int slot = driver.Open(connects[i & 15]);
            driver.Send(slot, i % 4 == 0 ? subscribe5 : subscribe4);
            driver.Flush();
            if (i % 7 == 0)
            {
                driver.Send(slot, broken);
                driver.Flush();
            }

            if (previous >= 0 && i % 3 == 0)
            {
                driver.Broker.Close(previous, driver.NowMs);
            }

            previous = slot;
            driver.Broker.Tick(driver.NowMs);
            driver.Flush();
        });
        Assert.IsGreaterThan(10_000L, driver.Broker.CounterOf(Counter.PublishSent));
        Assert.IsGreaterThan(100L, driver.Broker.CounterOf(Counter.KeepAliveTimeouts));
        Assert.IsGreaterThan(100L, driver.Broker.CounterOf(Counter.Takeovers));
        driver.Send(watcher, Wire.Parse("c0 00"));
    }

    [TestMethod]
    [Retry(Again)]
    [DataRow(QueueFullPolicy.DropNewest)]
    [DataRow(QueueFullPolicy.DropOldest)]
    public void FrozenSubscribersAndFullMemory_AllocateNothing(QueueFullPolicy policy)
    {
        CoreDriver driver = Driver(policy);
        driver.IsFrozen = true;
        for (int i = 0; i < 8; i++)
        {
            driver.Open(Wire.Parse(
                $"10 [ `MQTT` 04 02 00 00 `s{i}` ] 82 [ 00 01 `{(i < 4 ? "#" : "t/" + i)}` 00 ]"));
        }

        int publisher = driver.Open(Wire.Parse("10 [ `MQTT` 04 02 00 00 `p` ]"));
        byte[][] packets = new byte[8][];
        for (int i = 0; i < packets.Length; i++)
        {
            packets[i] = Wire.Parse($"30 [ `t/{i}` *{i * 100} ]");
        }

        AssertNoAllocation(WarmUp, Messages, i => driver.Send(publisher, packets[i & 7]));
        Assert.IsGreaterThan((long)Messages, driver.Broker.CounterOf(Counter.PublishDropped));
    }

    [TestMethod]
    [Retry(Again)]
    [DataRow(1, ProtocolVersion.V311)]
    [DataRow(2, ProtocolVersion.V311)]
    [DataRow(1, ProtocolVersion.V5)]
    [DataRow(2, ProtocolVersion.V5)]
    public void MessagesAtQos1And2_WithAllThatAcknowledgesThem_AllocateNothing(
        int qos, byte version)
    {
        var message = new QosOperation(qos, version);
        var again = new ResumeOperation(version);
        AssertNoAllocation(WarmUp, Messages, i =>
        {
            message.Prepare();
            message.Run();
            if (i % 8 == 0)
            {
                again.Run();
            }
        });
    }

    private static CoreDriver Driver(QueueFullPolicy policy = QueueFullPolicy.DropNewest)
    {
        BrokerLimits limits = new() { MaxConnections = 40, MaxConnectRate = 0 };
        limits.MaxQueueEntries = 800;
        limits.MaxSubscriptions = 200;
        limits.RouteResults = 80;
        limits.TextBlocks = 800;
        limits.MessageBlocks = 400;
        return new CoreDriver(limits, new BrokerSettings { QueueFullPolicy = policy });
    }

    private static void AssertNoAllocation(int warmUp, int count, Action<int> act)
    {
        int next = 0;
        for (; next < warmUp; next++)
        {
            act(next);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (; next < warmUp + count; next++)
        {
            act(next);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.AreEqual(0, allocated, "bytes allocated");
    }
}
