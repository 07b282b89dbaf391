using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Statements that the core does not keep yet: each of these fails.</summary>
[TestClass]
public sealed class BrokenStatementTests
{
    private const string Why = "the core does not keep it yet; with the cure this line goes";

    // [MQTT-3.3.4-10] [MQTT-4.9.0-3]
    [TestMethod]
    public void Pubrel_ComesWithoutQuota_AfterTheClientIsBack()
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Come5("s", SessionBench.ForEver, false, false);
        bench.Take5(sub, "a", 2);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "32 [ `a` 00 01 '1' ] 34 [ `a` 00 02 '2' ]");
        bench.Drain(sub);
        bench.Send(sub, "50 [ 00 02 ]");
        bench.Expect(sub, "62 [ 00 02 ]");
        bench.Close(sub);
        bench.Come5("s", "21 00 01", false, true, "3a [ `a` 00 01 [ ] '1' ] 62 [ 00 02 ]");
        bench.Finish();
    }

    // [MQTT-4.1.0-2] [MQTT-3.2.2-3]
    [TestMethod]
    public void Session_IsOverWhenItsTimeIs_ThoughTheBrokerHadNothingToDo()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Come5("s", "11 00 00 00 02", false, false);
        bench.Take5(slot, "a", 1);
        bench.Close(slot);

        // No Tick in between: another verb comes first after a long silence.
        bench.NowMs += 60000;
        slot = bench.Broker.Open(0, bench.NowMs);
        byte[] connect = Wire.Parse("10 [ `MQTT` 05 00 00 00 [ ] `s` ]");
        bench.Broker.Receive(slot, connect, 0, connect.Length, bench.NowMs);
        byte[] answer = new byte[64];
        bench.Broker.Transmit(slot, answer, 0, answer.Length, bench.NowMs);
        Assert.AreEqual(0, (int)answer[2], "Session Present");
    }

    // [MQTT-3.3.1-1], 3.1.1 [MQTT-3.3.1-1]
    [TestMethod]
    public void Takeover_WhatTheFirstOneGotToItsEnd_ComesWithDup()
    {
        BrokerBench bench = SessionBench.Start();
        int first = bench.Come311("s", false, false);
        bench.Take311(first, "a", 1);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "32 [ `a` 00 01 *150 ]");
        bench.OutputLength = 0;
        Assert.AreEqual(64, bench.Transmit(first, 64), "a piece of it");
        int second = bench.Open();
        byte[] connect = Wire.Parse("10 [ `MQTT` 04 00 00 00 `s` ]");
        bench.Receive(second, connect, 0, connect.Length);
        while (bench.Transmit(first, 64) > 0)
        {
        }

        bench.AssertOutput("32 [ `a` 00 01 *150 ]");
        bench.Expect(second, "20 [ 01 00 ] 3a [ `a` 00 01 *150 ]");
        bench.Close(first);
        bench.Close(second);
        bench.Forget("s");
        bench.Finish();
    }

    // [MQTT-3.3.2-6]
    [TestMethod]
    public void MessageThatWasSentAndExpired_ComesAgainWithNoTimeLeft()
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Come5("s", SessionBench.ForEver, false, false);
        bench.Take5(sub, "a", 1);
        int pub = bench.Connect(5, "p");
        bench.Publish(pub, "32 [ `a` 00 01 [ 02 00 00 00 05 ] 'x' ]");
        bench.Expect(sub, "32 [ `a` 00 01 [ 02 00 00 00 05 ] 'x' ]");
        bench.Close(sub);
        bench.Pass(60000);
        bench.Come5("s", "", false, true, "3a [ `a` 00 01 [ 02 00 00 00 00 ] 'x' ]");
        bench.Finish();
    }

    // [MQTT-3.1.2-8]
    [TestMethod]
    public void WillWhoseDelayIsOver_GoesOut_ThoughItsClientIsBackThen()
    {
        BrokerBench bench = SessionBench.Start();
        int watcher = bench.Connect(4, "w");
        bench.Take311(watcher, "w", 0);
        string connect = $"10 [ `MQTT` 05 04 00 00 [ {SessionBench.ForEver} ] `c` "
            + "[ 18 00 00 00 05 ] `w` `gone` ]";
        int slot = bench.Open();
        bench.Publish(slot, connect);
        bench.Close(slot);

        // No Tick in between: another verb comes first after a long silence.
        bench.NowMs += 60000;
        slot = bench.Broker.Open(0, bench.NowMs);
        byte[] bytes = Wire.Parse(connect);
        int half = bytes.Length / 2;
        bench.Broker.Receive(slot, bytes, 0, half, bench.NowMs);
        bench.Broker.Receive(slot, bytes, half, bytes.Length - half, bench.NowMs);
        bench.Expect(watcher, "30 [ `w` 'gone' ]");
    }

    // [MQTT-3.8.4-8]
    [TestMethod]
    [Ignore(Why)]
    public void OwnMessage_HasTheQosOfTheSubscriptionThatTakesIt()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Connect(5, "c");
        bench.Take5(slot, "#", 0);
        bench.Send(slot, "82 [ 00 09 [ ] `a` 06 ]"); // QoS 2, No Local
        bench.Expect(slot, "90 [ 00 09 [ ] 02 ]");
        bench.Send(slot, "34 [ `a` 00 01 [ ] 'x' ]");
        bench.Expect(slot, "30 [ `a` [ ] 'x' ] 50 [ 00 01 ]");
        bench.Finish();
    }

    // [MQTT-3.8.4-8]
    [TestMethod]
    [Ignore(Why)]
    public void WhatAMemberDidNotGet_HasTheQosThatTheNextOneWasGranted()
    {
        var bench = new BrokerBench();
        bench.Limits.MaxSharedSubscriptions = 4;
        SessionBench.Start(bench, 3);
        int one = bench.Connect(4, "1");
        bench.Take311(one, "$share/g/a", 1);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "34 [ `a` 00 01 'x' ] 62 [ 00 01 ]");
        bench.Expect(one, "32 [ `a` 00 01 'x' ]");
        int two = bench.Connect(4, "2");
        bench.Take311(two, "$share/g/a", 2);
        bench.Close(one);
        bench.Expect(two, "34 [ `a` 00 01 'x' ]");
        bench.Finish();
    }
}
