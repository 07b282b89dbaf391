using EdgeBroker.Broker;
using EdgeBroker.Codec;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Receive Maximum, sizes and subscriptions while messages are on their way.</summary>
[TestClass]
public sealed class FlowStatementTests
{
    // [MQTT-3.3.4-9] [MQTT-4.9.0-1] [MQTT-4.9.0-2]
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(4)]
    public void ReceiveMaximumOfTheClient_IsNotExceeded(int most)
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Come5("s", $"21 00 {most:x2}", true, false);
        bench.Take5(sub, "a", 2);
        int pub = bench.Connect(4, "p");
        string expected = "";
        for (int i = 1; i <= 6; i++)
        {
            bench.Publish(pub, $"34 [ `a` 00 01 {i:x2} ] 62 [ 00 01 ]");
            expected += i <= most ? $"34 [ `a` 00 {i:x2} [ ] {i:x2} ] " : "";
        }

        bench.Expect(sub, expected);
        bench.Send(sub, "50 [ 00 01 ]");
        bench.Expect(sub, "62 [ 00 01 ]"); // PUBREC gives no quota back.
        bench.Send(sub, "70 [ 00 01 ]");
        bench.Expect(sub, $"34 [ `a` 00 {most + 1:x2} [ ] {most + 1:x2} ]");
        bench.Finish();
    }

    // [MQTT-3.3.4-10] [MQTT-4.9.0-3]
    [TestMethod]
    public void OtherPackets_ComeWithoutQuota()
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Come5("s", "21 00 01", true, false);
        bench.Take5(sub, "a", 1);
        bench.Take5(sub, "n", 0);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "32 [ `a` 00 01 '1' ] 32 [ `a` 00 02 '2' ] 30 [ `n` '0' ]");
        bench.Expect(sub, "32 [ `a` 00 01 [ ] '1' ] 30 [ `n` [ ] '0' ]");
        bench.Send(sub, "c0 00 82 [ 00 09 [ ] `b` 00 ] 32 [ `c` 00 05 [ ] ] "
            + "34 [ `c` 00 06 [ ] ] 62 [ 00 06 ] a2 [ 00 0a [ ] `b` ]");
        bench.Expect(sub, "d0 00 90 [ 00 09 [ ] 00 ] 40 [ 00 05 10 ] 50 [ 00 06 10 ] "
            + "70 [ 00 06 ] b0 [ 00 0a [ ] 00 ]");
        bench.Finish();
    }

    // [MQTT-3.3.4-7]
    [TestMethod]
    public void ReceiveMaximumOfTheBroker_OneMore_IsTold()
    {
        BrokerBench bench = SessionBench.Start();
        int pub = bench.Connect(5, "p");
        bench.Send(pub, "34 [ `a` 00 01 [ ] ] 34 [ `a` 00 02 [ ] ] 34 [ `a` 00 03 [ ] ]");
        bench.Expect(pub, "50 [ 00 01 10 ] 50 [ 00 02 10 ] 50 [ 00 03 10 ]");
        bench.Send(pub, "62 [ 00 02 ] 34 [ `a` 00 04 [ ] ] 32 [ `a` 00 05 [ ] ]");
        bench.Expect(pub, "70 [ 00 02 ] 50 [ 00 04 10 ] 40 [ 00 05 10 ]");
        bench.Send(pub, "34 [ `a` 00 06 [ ] ]");
        bench.ExpectDisconnect(pub, ReasonCode.ReceiveMaximumExceeded);
        bench.Finish();
    }

    // [MQTT-3.1.2-25] [MQTT-3.1.2-24]
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void MessageTooLarge_CountsAsSent(int qos)
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Come5("s", "21 00 01 27 00 00 00 18", true, false);
        bench.Take5(sub, "a", qos);
        int pub = bench.Connect(4, "p");
        string first = qos == 1 ? "32" : "34";
        bench.Publish(pub, $"{first} [ `a` 00 01 *100 ] {first} [ `a` 00 02 'x' ]");
        bench.Expect(sub, $"{first} [ `a` 00 02 [ ] 'x' ]");
        bench.Publish(sub, qos == 1 ? "40 [ 00 02 ]" : "50 [ 00 02 ] 70 [ 00 02 ]");
        bench.AssertEmpty();
        bench.Finish();
    }

    // [MQTT-3.10.4-2] [MQTT-3.10.4-3], 3.1.1 [MQTT-3.10.4-2] [MQTT-3.10.4-3]
    [TestMethod]
    [DataRow(4, "")]
    [DataRow(5, "[ ]")]
    public void Unsubscribe_EndsWhatIsOnItsWay_AndAddsNothing(int version, string none)
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Connect(version, "s");
        bench.Send(sub, $"82 [ 00 09 {none} `a` 02 ]");
        bench.Drain(sub);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "34 [ `a` 00 01 '1' ] 32 [ `a` 00 02 '2' ]");
        bench.Drain(sub);
        bench.Send(sub, $"a2 [ 00 0a {none} `a` ]");
        bench.Expect(sub, $"b0 [ 00 0a {(version == 5 ? "[ ] 00" : "")} ]");
        bench.Publish(pub, "32 [ `a` 00 03 '3' ]");
        bench.Send(sub, "50 [ 00 01 ]");
        bench.Expect(sub, "62 [ 00 01 ]");
        bench.Publish(sub, "70 [ 00 01 ] 40 [ 00 02 ]");
        bench.AssertEmpty();
        bench.Finish();
    }

    // [MQTT-3.8.4-4] [MQTT-3.8.4-3], 3.1.1 [MQTT-3.8.4-3]
    [TestMethod]
    [DataRow(4, "")]
    [DataRow(5, "[ ]")]
    public void SubscribeAgain_LosesNothing_AndBringsWhatIsRetained(int version, string none)
    {
        BrokerBench bench = SessionBench.Start();
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "33 [ `a` 00 01 'r' ]");
        int sub = bench.Connect(version, "s");
        bench.Send(sub, $"82 [ 00 09 {none} `a` 01 ]");
        bench.Expect(sub, $"90 [ 00 09 {none} 01 ] 33 [ `a` 00 01 {none} 'r' ]");
        for (int i = 2; i <= 6; i++)
        {
            bench.Publish(pub, $"32 [ `a` 00 01 {i:x2} ]");
        }

        bench.Expect(sub, $"32 [ `a` 00 02 {none} 02 ] 32 [ `a` 00 03 {none} 03 ] "
            + $"32 [ `a` 00 04 {none} 04 ]");
        bench.Send(sub, $"82 [ 00 09 {none} `a` 01 ]");
        bench.Expect(sub, $"90 [ 00 09 {none} 01 ]");
        bench.Send(sub, "40 [ 00 01 ] 40 [ 00 02 ] 40 [ 00 03 ] 40 [ 00 04 ]");
        bench.Expect(sub, $"32 [ `a` 00 05 {none} 05 ] 32 [ `a` 00 06 {none} 06 ] "
            + $"33 [ `a` 00 07 {none} 'r' ]");
        bench.Send(sub, "40 [ 00 05 ] 40 [ 00 06 ] 40 [ 00 07 ]");
        bench.Finish();
    }

    // [MQTT-3.8.4-8] [MQTT-3.3.4-2], 3.1.1 [MQTT-3.8.4-6] [MQTT-3.3.5-1]
    [TestMethod]
    public void Qos_IsTheLowerOfTheTwo_AndTheHighestOfThoseThatMatch()
    {
        for (int published = 0; published <= 2; published++)
        {
            for (int granted = 0; granted <= 2; granted++)
            {
                AssertQos(published, granted);
            }
        }
    }

    // [MQTT-3.2.2-9] [MQTT-3.2.2-10]
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void MaximumQos_IsTold_AndSubscriptionsAboveItAreTaken(int most)
    {
        var bench = new BrokerBench();
        bench.Settings.MaxQos = (byte)most;
        bench.Start();
        int slot = bench.Open();
        bench.Send(slot, "10 [ `MQTT` 05 02 00 00 [ ] `c` ]");
        bench.Expect(slot,
            $"20 [ 00 00 [ 24 {most:x2} 27 00 00 02 00 29 00 2A 00 ] ]");
        bench.Send(slot, "82 [ 00 01 [ ] `a` 00 `b` 01 `c` 02 ]");
        bench.Expect(slot, "90 [ 00 01 [ ] 00 00 00 ]");
        bench.Finish();
    }

    private static void AssertQos(int published, int granted)
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Connect(4, "s");
        bench.Take311(sub, "a/#", 0);
        bench.Take311(sub, "a/+", granted);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, $"{0x30 | (published << 1):x2} [ `a/b` "
            + $"{(published > 0 ? "00 01" : "")} 'x' ]");
        int qos = System.Math.Min(published, granted);
        bench.Expect(sub, $"{0x30 | (qos << 1):x2} [ `a/b` {(qos > 0 ? "00 01" : "")} 'x' ]");
        bench.Finish();
    }
}
