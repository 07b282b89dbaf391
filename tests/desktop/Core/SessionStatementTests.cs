using EdgeBroker.Broker;
using EdgeBroker.Codec;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Sessions, statement by statement (sections 3.1.2 and 4.1 of both versions).</summary>
[TestClass]
public sealed class SessionStatementTests
{
    // [MQTT-3.1.2-4] [MQTT-3.1.2-5] [MQTT-3.1.2-6] [MQTT-3.1.3-2] [MQTT-3.1.4-4]
    // [MQTT-3.2.2-2] [MQTT-3.2.2-3] [MQTT-3.1.2-23]
    [TestMethod]
    public void CleanStart_SaysWhetherTheSessionGoesOn()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Come5("s", SessionBench.ForEver, false, false);
        bench.Take5(slot, "a", 1);
        bench.Close(slot);
        bench.Close(bench.Come5("t", SessionBench.ForEver, false, false));
        slot = bench.Come5("s", SessionBench.ForEver, false, true);
        Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Subscriptions), "its subscription");
        bench.Close(slot);
        slot = bench.Come5("s", SessionBench.ForEver, true, false);
        Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "a new session");
        bench.Close(slot);
        bench.Close(bench.Come5("s", "", false, true));
        bench.Come5("s", "", false, false);
        bench.Finish();
    }

    // 3.1.1 [MQTT-3.1.2-4] [MQTT-3.1.2-6] [MQTT-3.1.3-2] [MQTT-3.1.4-3] [MQTT-3.2.2-1]
    // 3.1.1 [MQTT-3.2.2-2] [MQTT-3.2.2-3] [MQTT-4.1.0-1] [MQTT-4.1.0-2]
    [TestMethod]
    public void CleanSession_SaysWhetherTheSessionGoesOn()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Come311("s", false, false);
        bench.Take311(slot, "a", 1);
        bench.Pass(24L * 3600 * 1000);
        bench.Close(slot);
        bench.Pass(24L * 3600 * 1000);
        slot = bench.Come311("s", false, true);
        Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Subscriptions), "its subscription");
        bench.Close(slot);
        slot = bench.Come311("s", true, false);
        bench.Take311(slot, "b", 1);
        Assert.AreEqual(1L, bench.Broker.SysValue(SysTopics.Subscriptions), "a new session");
        bench.Close(slot);
        Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "that is over");
        bench.Come311("s", false, false);
        bench.Forget("s");
        bench.Finish();
    }

    // [MQTT-4.5.0-1] [MQTT-3.1.2-23], 3.1.1 [MQTT-3.1.2-5] [MQTT-4.5.0-1]
    [TestMethod]
    public void MessagesForOneWhoIsAway_Wait()
    {
        BrokerBench bench = SessionBench.Start();
        int old = bench.Come311("3", false, false);
        bench.Take311(old, "a", 2);
        bench.Close(old);
        int five = bench.Come5("5", SessionBench.ForEver, false, false);
        bench.Take5(five, "a", 1);
        bench.Send(five, "e0 00");
        bench.ExpectClosed(five, "");
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "32 [ `a` 00 01 '1' ] 34 [ `a` 00 02 '2' ]");
        old = bench.Come311(
            "3", false, true, "32 [ `a` 00 01 '1' ] 34 [ `a` 00 02 '2' ]");
        bench.Publish(old, "40 [ 00 01 ] 50 [ 00 02 ] 70 [ 00 02 ]");
        bench.Close(old);
        bench.Come5("5", "", false, true,
            "32 [ `a` 00 01 [ ] '1' ] 32 [ `a` 00 02 [ ] '2' ]");
        bench.Forget("3");
        bench.Finish();
    }

    // [MQTT-3.1.2-23]
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(500)]
    [DataRow(999)]
    public void Session_StaysForItsWholeTime(int millisecond)
    {
        BrokerBench bench = SessionBench.Start();
        bench.NowMs += millisecond;
        int slot = bench.Come5("s", "11 00 00 00 02", false, false);
        bench.Take5(slot, "a", 1);
        bench.Close(slot);
        bench.NowMs += 1999;
        bench.Work();
        bench.Come5("s", "", false, true);
        bench.Finish();
    }

    // [MQTT-4.1.0-2]
    [TestMethod]
    public void ManySessions_AreOverWhenTheirTimeIs()
    {
        var bench = new BrokerBench();
        bench.Limits.MaxQueueEntries = 400;
        bench.Limits.ClientIdBlocks = 100;
        SessionBench.Start(bench, 40);
        for (int i = 10; i < 50; i++)
        {
            bench.Close(bench.Come5("s" + i, "11 00 00 00 02", false, false));
        }

        bench.Pass(3100);
        for (int i = 10; i < 50; i++)
        {
            bench.Close(bench.Come5("s" + i, "", false, false));
        }

        bench.Finish();
    }

    // [MQTT-4.1.0-2]
    [TestMethod]
    public void Disconnect_SetsTheTimeOfTheSession()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Come5("s", "11 00 00 00 64", false, false);
        bench.Send(slot, "e0 [ 00 [ 11 00 00 00 05 ] ]");
        bench.ExpectClosed(slot, "");
        bench.Pass(4000);
        slot = bench.Come5("s", "11 00 00 00 64", false, true);
        bench.Send(slot, "e0 [ 00 [ 11 00 00 00 00 ] ]");
        bench.ExpectClosed(slot, "");
        bench.Come5("s", "", false, false);
        bench.Finish();
    }

    // [MQTT-4.1.0-1], 3.1.1 [MQTT-4.1.0-2]
    [TestMethod]
    public void Session_StaysWhileItsConnectionDoes()
    {
        BrokerBench bench = SessionBench.Start();
        int five = bench.Come5("5", "11 00 00 00 01", false, false);
        bench.Take5(five, "a", 1);
        int old = bench.Come311("3", true, false);
        bench.Take311(old, "a", 1);
        bench.Pass(3600000);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "32 [ `a` 00 01 'x' ]");
        bench.Expect(five, "32 [ `a` 00 01 [ ] 'x' ]");
        bench.Expect(old, "32 [ `a` 00 01 'x' ]");
        bench.Close(five);
        bench.Pass(3000);
        bench.Finish();
    }

    // 3.1.1 [MQTT-3.1.2-7]
    [TestMethod]
    public void RetainedMessages_StayWhenTheSessionEnds()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Come311("s", true, false);
        bench.Publish(slot, "33 [ `a` 00 01 'x' ]");
        bench.Close(slot);
        slot = bench.Connect(4, "t");
        bench.Send(slot, "82 [ 00 01 `a` 00 ]");
        bench.Expect(slot, "90 [ 00 01 00 ] 31 [ `a` 'x' ]");
        bench.Finish();
    }

    // [MQTT-3.1.3-6] [MQTT-3.1.3-7]
    [TestMethod]
    public void AssignedIdentifier_NamesTheSession()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Open();
        bench.Send(slot, $"10 [ `MQTT` 05 00 00 00 [ {SessionBench.ForEver} ] `` ]");
        bench.Drain(slot);
        byte[] id = new byte[64];
        int length = bench.Broker.ReadClientId(slot, id);
        string name = System.Text.Encoding.UTF8.GetString(id, 0, length);
        bench.Take5(slot, "a", 1);
        bench.Close(slot);
        bench.Come5(name, "", false, true);
        bench.Finish();
    }

    // [MQTT-3.1.4-3] [MQTT-4.4.0-1], 3.1.1 [MQTT-3.1.4-2]
    [TestMethod]
    public void Takeover_TheSessionGoesOn()
    {
        BrokerBench bench = SessionBench.Start();
        int first = bench.Come5("s", SessionBench.ForEver, false, false);
        bench.Take5(first, "a", 1);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "32 [ `a` 00 01 'x' ]");
        bench.Expect(first, "32 [ `a` 00 01 [ ] 'x' ]");
        int second = bench.Open();
        bench.Send(second, "10 [ `MQTT` 04 00 00 00 `s` ]");
        bench.ExpectDisconnect(first, ReasonCode.SessionTakenOver);
        bench.Expect(second, "20 [ 01 00 ] 3a [ `a` 00 01 'x' ]");
        bench.Close(second);
        bench.Forget("s");
        bench.Finish();
    }

    // [MQTT-3.8.3-3]
    [TestMethod]
    public void NoLocal_IsForTheSession_WhoeverItsConnectionIs()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Come5("s", SessionBench.ForEver, false, false);
        bench.Send(slot, "82 [ 00 09 [ ] `a` 05 ]");
        bench.Expect(slot, "90 [ 00 09 [ ] 01 ]");
        bench.Send(slot, "32 [ `a` 00 01 [ ] 'x' ]");
        bench.Expect(slot, "40 [ 00 01 ]");
        bench.Close(slot);
        bench.Come5("s", "", false, true);
        bench.Finish();
    }

    // [MQTT-3.1.2-28] [MQTT-3.1.2-29]
    [TestMethod]
    public void NoProblemInformation_NoReasonStringInAcknowledgements()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Come5("s", "17 00 19 00", true, false);
        bench.Send(slot, "34 [ `$SYS/a` 00 07 [ ] ] 32 [ `$SYS/a` 00 08 [ ] ] 62 [ 00 07 ] "
            + "82 [ 00 09 [ ] 00 41 *65 00 ] a2 [ 00 0a [ ] `x` ]");
        bench.Expect(slot, "50 [ 00 07 87 ] 40 [ 00 08 87 ] 70 [ 00 07 92 ] "
            + "90 [ 00 09 [ ] 97 ] b0 [ 00 0a [ ] 11 ]");
        bench.Finish();
    }

    // [MQTT-3.1.2-9] [MQTT-3.1.2-15], 3.1.1 [MQTT-3.1.2-9] [MQTT-3.1.2-17]
    [TestMethod]
    [DataRow(4, "")]
    [DataRow(5, "[ ]")]
    public void Will_GoesOutAndIsRetainedAtItsQos(int version, string none)
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Connect(4, "s");
        bench.Take311(sub, "w", 2);
        int slot = bench.Open();
        bench.Send(slot, $"10 [ `MQTT` {version:x2} 36 00 00 {none} `c` {none} `w` `gone` ]");
        bench.Drain(slot);
        bench.Close(slot);
        bench.Expect(sub, "34 [ `w` 00 01 'gone' ]");
        int late = bench.Connect(4, "t");
        bench.Send(late, "82 [ 00 01 `w` 02 ]");
        bench.Expect(late, "90 [ 00 01 02 ] 35 [ `w` 00 01 'gone' ]");
        bench.Finish();
    }

    // [MQTT-3.1.2-10], 3.1.1 [MQTT-3.1.2-10] [MQTT-3.1.2-12]
    [TestMethod]
    [DataRow(4, "")]
    [DataRow(5, "[ ]")]
    public void Will_GoesOutOnce_AndOnlyIfThereIsOne(int version, string none)
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Connect(4, "s");
        bench.Take311(sub, "#", 0);
        int slot = bench.Open();
        bench.Send(slot, $"10 [ `MQTT` {version:x2} 06 00 00 {none} `c` {none} `w` `gone` ]");
        bench.Drain(slot);
        bench.Close(slot);
        bench.Expect(sub, "30 [ `w` 'gone' ]");
        slot = bench.Connect(version, "c");
        Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "no Will is kept");
        bench.Close(slot);
        bench.Pass(60000);
        bench.Expect(sub, "");
        bench.Finish();
    }

    // [MQTT-3.3.2-5] [MQTT-3.3.2-6]
    [TestMethod]
    public void WhatWaitsForOneWhoIsAway_IsCountedDownAndExpires()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Come5("s", SessionBench.ForEver, false, false);
        bench.Take5(slot, "a", 1);
        bench.Close(slot);
        int pub = bench.Connect(5, "p");
        bench.Publish(pub, "32 [ `a` 00 01 [ 02 00 00 00 05 ] '1' ] "
            + "32 [ `a` 00 01 [ 02 00 00 00 64 ] '2' ]");
        bench.Pass(10000);
        bench.Come5("s", "", false, true, "32 [ `a` 00 01 [ 02 00 00 00 5a ] '2' ]");
        bench.Finish();
    }

    // [MQTT-3.1.2-25] [MQTT-3.1.2-24]
    [TestMethod]
    public void WhoComesBackAndTakesLess_DoesNotGetWhatIsTooLarge()
    {
        BrokerBench bench = SessionBench.Start();
        int slot = bench.Come5("s", SessionBench.ForEver, false, false);
        bench.Take5(slot, "a", 1);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "32 [ `a` 00 01 *100 ] 32 [ `a` 00 02 'x' ]");
        bench.Drain(slot);
        bench.Close(slot);
        slot = bench.Come5(
            "s", "27 00 00 00 18", false, true, "3a [ `a` 00 02 [ ] 'x' ]");
        bench.Publish(slot, "40 [ 00 02 ]");
        bench.AssertEmpty();
        bench.Finish();
    }

    // [MQTT-3.2.2-3] [MQTT-3.1.4-3]
    [TestMethod]
    public void Takeover_OfASessionThatDoesNotStay_BeginsAnew()
    {
        BrokerBench bench = SessionBench.Start();
        int first = bench.Come5("s", "", true, false);
        bench.Take5(first, "a", 1);
        bench.Come5("s", "", false, false);
        bench.ExpectDisconnect(first, ReasonCode.SessionTakenOver);
        Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.Subscriptions), "none");
        bench.Finish();
    }

    // [MQTT-4.7.3-4] [MQTT-3.3.2-3], 3.1.1 [MQTT-4.7.3-4] [MQTT-3.3.2-3]
    [TestMethod]
    public void Names_AreComparedAsTheyAre()
    {
        // Case, an accent in one character and in two, blanks, empty levels, U+FEFF.
        string[] names =
        [
            "'Ab'", "'ab'", "c3 a9", "65 cc 81", "'a b'", "'ab '", "'/ab'", "'ab/'", "'a//b'",
            "'a/b'", "ef bb bf 'ab'",
        ];
        BrokerBench bench = SessionBench.Start();
        foreach (string filter in names)
        {
            int slot = bench.Connect(4, "s");
            string text = Prefixed(filter);
            bench.Send(slot, $"82 [ 00 01 {text} 00 ]");
            bench.Expect(slot, "90 [ 00 01 00 ]");
            foreach (string name in names)
            {
                bench.Send(slot, $"30 [ {Prefixed(name)} 'x' ]");
                bench.Expect(slot, name == filter ? $"30 [ {text} 'x' ]" : "");
            }

            bench.Close(slot);
        }

        bench.Finish();
    }

    private static string Prefixed(string text) => $"00 {Wire.Parse(text).Length:x2} {text}";
}
