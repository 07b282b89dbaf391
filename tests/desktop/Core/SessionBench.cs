using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>A small broker that keeps sessions, and the packets that clients of it send.</summary>
internal static class SessionBench
{
    /// <summary>What CONNACK of 5.0 says with these limits, in 21, 27 and so on.</summary>
    public const string Offers = "21 00 03 27 00 00 02 00 2A 00";

    /// <summary>A session that stays for as long as it may.</summary>
    public const string ForEver = "11 ff ff ff ff";

    /// <summary>Starts a broker with QoS 2, four messages on their way, three sessions.</summary>
    public static BrokerBench Start() => Start(new BrokerBench(), 3);

    /// <summary>The same over a bench with settings of the test's own.</summary>
    public static BrokerBench Start(BrokerBench bench, int sessions)
    {
        bench.Limits.MaxInflight = 4;
        bench.Limits.MaxSessions = sessions;
        bench.Limits.ReceiveMaximum = 3;
        bench.Limits.MaxSessionMessages = 6;
        bench.Limits.MaxSessionBytes = 400;
        bench.Settings.MaxQos = 2;
        bench.Start();
        return bench;
    }

    /// <summary>A 5.0 client comes; its answer is checked.</summary>
    /// <param name="bench">The broker.</param>
    /// <param name="name">Its Client Identifier.</param>
    /// <param name="properties">Those of CONNECT.</param>
    /// <param name="isClean">Clean Start.</param>
    /// <param name="isPresent">Session Present, as it must be.</param>
    /// <param name="behind">What must follow CONNACK.</param>
    public static int Come5(this BrokerBench bench, string name, string properties, bool isClean,
        bool isPresent, string behind = "")
    {
        int slot = bench.Open();
        bench.Send(slot, $"10 [ `MQTT` 05 {(isClean ? "02" : "00")} 00 00 [ {properties} ] "
            + $"`{name}` ]");
        bench.Expect(slot, $"20 [ {(isPresent ? "01" : "00")} 00 [ {Offers} ] ] {behind}");
        return slot;
    }

    /// <summary>A 3.1.1 client comes; its answer is checked.</summary>
    public static int Come311(
        this BrokerBench bench, string name, bool isClean, bool isPresent, string behind = "")
    {
        int slot = bench.Open();
        bench.Send(slot, $"10 [ `MQTT` 04 {(isClean ? "02" : "00")} 00 00 `{name}` ]");
        bench.Expect(slot, $"20 [ {(isPresent ? "01" : "00")} 00 ] {behind}");
        return slot;
    }

    /// <summary>A 5.0 client subscribes and is granted what it asks for.</summary>
    public static void Take5(this BrokerBench bench, int slot, string filter, int qos)
    {
        bench.Send(slot, $"82 [ 00 09 [ ] `{filter}` {qos:x2} ]");
        bench.Expect(slot, $"90 [ 00 09 [ ] {qos:x2} ]");
    }

    /// <summary>A 3.1.1 client subscribes and is granted what it asks for.</summary>
    public static void Take311(this BrokerBench bench, int slot, string filter, int qos)
    {
        bench.Send(slot, $"82 [ 00 09 `{filter}` {qos:x2} ]");
        bench.Expect(slot, $"90 [ 00 09 {qos:x2} ]");
    }

    /// <summary>A client publishes, and its acknowledgement is not looked at.</summary>
    public static void Publish(this BrokerBench bench, int slot, string packets)
    {
        bench.Send(slot, packets);
        bench.Drain(slot);
    }

    /// <summary>Nothing is stored for anybody.</summary>
    public static void AssertEmpty(this BrokerBench bench) => Assert.AreEqual(
        0L, bench.Broker.SysValue(SysTopics.StoredMessages), "a message is left");

    /// <summary>A session ends: its client comes with Clean Start and goes.</summary>
    public static void Forget(this BrokerBench bench, string name) =>
        bench.Close(bench.Connect(4, name));
}
