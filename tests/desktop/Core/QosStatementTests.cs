using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>QoS 1 and 2, statement by statement (section 4.3 of both versions).</summary>
[TestClass]
public sealed class QosStatementTests
{
    private const int Identifiers = 65535;

    // [MQTT-2.2.1-4] [MQTT-4.3.2-1] [MQTT-4.3.3-1]
    // 3.1.1 [MQTT-2.3.1-1] [MQTT-2.3.1-4]
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Identifiers_AllInTurn_WithoutZeroAndThoseInUse(int qos)
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Connect(4, "s");
        bench.Take311(sub, "#", qos);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "34 [ `a` 00 01 'x' ] 62 [ 00 01 ]");
        string first = qos == 1 ? "32" : "34";
        bench.Expect(sub, first + " [ `a` 00 01 'x' ]");
        for (int i = 2; i <= Identifiers + 2; i++)
        {
            // Once around, and 1 is still in use: 2 follows 65,535.
            int id = i > Identifiers ? i - Identifiers + 1 : i;
            string hex = $"{id >> 8:x2} {id & 0xFF:x2}";
            bench.Publish(pub, "34 [ `a` 00 02 'y' ] 62 [ 00 02 ]");
            bench.Expect(sub, $"{first} [ `a` {hex} 'y' ]");
            bench.Publish(sub, qos == 1 ? $"40 [ {hex} ]" : $"50 [ {hex} ] 70 [ {hex} ]");
        }

        bench.Publish(sub, qos == 1 ? "40 [ 00 01 ]" : "50 [ 00 01 ] 70 [ 00 01 ]");
        bench.AssertEmpty();
        bench.Finish();
    }

    // [MQTT-4.3.2-2] [MQTT-4.3.3-2] [MQTT-3.3.1-3] [MQTT-4.3.1-1]
    // 3.1.1 [MQTT-3.3.1-3] [MQTT-4.3.1-1] [MQTT-4.3.2-1] [MQTT-4.3.3-1]
    [TestMethod]
    public void DupThatComes_IsNotPassedOn()
    {
        BrokerBench bench = SessionBench.Start();
        int sub5 = bench.Connect(5, "5");
        bench.Take5(sub5, "a", 2);
        int sub311 = bench.Connect(4, "3");
        bench.Take311(sub311, "a", 2);
        int none = bench.Connect(4, "n");
        bench.Take311(none, "a", 0);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "3a [ `a` 00 01 'x' ] 3c [ `a` 00 02 'y' ]");
        bench.Expect(sub5, "32 [ `a` 00 01 [ ] 'x' ] 34 [ `a` 00 02 [ ] 'y' ]");
        bench.Expect(sub311, "32 [ `a` 00 01 'x' ] 34 [ `a` 00 02 'y' ]");
        bench.Expect(none, "30 [ `a` 'x' ] 30 [ `a` 'y' ]");
        bench.Finish();
    }

    // [MQTT-4.3.2-5] [MQTT-2.2.1-5], 3.1.1 [MQTT-4.3.2-2] [MQTT-2.3.1-6]
    [TestMethod]
    public void Puback_FreesTheIdentifier_WhateverDupSays()
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Connect(4, "s");
        bench.Take311(sub, "a", 0);
        int old = bench.Connect(4, "p");
        bench.Send(old, "32 [ `a` 12 34 '1' ]");
        bench.Expect(old, "40 [ 12 34 ]");
        bench.Send(old, "3a [ `a` 12 34 '2' ]");
        bench.Expect(old, "40 [ 12 34 ]");
        int five = bench.Connect(5, "q");
        bench.Send(five, "32 [ `a` 12 34 [ ] '3' ] 3a [ `a` 12 34 [ ] '4' ]");
        bench.Expect(five, "40 [ 12 34 ] 40 [ 12 34 ]");
        bench.Expect(sub, "30 [ `a` '1' ] 30 [ `a` '2' ] 30 [ `a` '3' ] 30 [ `a` '4' ]");
        bench.Finish();
    }

    // [MQTT-4.3.3-8] [MQTT-4.3.3-10] [MQTT-4.3.3-11] [MQTT-4.3.3-12], 3.1.1 [MQTT-4.3.3-2]
    [TestMethod]
    [DataRow(4, "")]
    [DataRow(5, "[ ]")]
    public void Pubrec_AsOftenAsThePublish_WhichIsPassedOnOnce_UntilPubrel(
        int version, string none)
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Connect(4, "s");
        bench.Take311(sub, "a", 0);
        int pub = bench.Connect(version, "p");
        bench.Send(pub, $"34 [ `a` 00 07 {none} 'x' ]");
        bench.Expect(pub, "50 [ 00 07 ]");
        bench.Send(pub, $"3c [ `a` 00 07 {none} 'x' ] 3c [ `a` 00 07 {none} 'x' ]");
        bench.Expect(pub, "50 [ 00 07 ] 50 [ 00 07 ]");
        bench.Send(pub, "62 [ 00 07 ]");
        bench.Expect(pub, "70 [ 00 07 ]");
        bench.Expect(sub, "30 [ `a` 'x' ]");
        bench.Send(pub, $"3c [ `a` 00 07 {none} 'y' ]");
        bench.Expect(pub, "50 [ 00 07 ]");
        bench.Expect(sub, "30 [ `a` 'y' ]");
        bench.Finish();
    }

    // [MQTT-4.3.3-10], 3.1.1 [MQTT-4.3.3-2]
    [TestMethod]
    public void PublishOnceMoreOnTheNextConnection_IsNotPassedOnAgain()
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Connect(4, "s");
        bench.Take311(sub, "a", 0);
        int pub = bench.Come311("p", false, false);
        bench.Publish(pub, "34 [ `a` 00 07 'x' ]");
        bench.Close(pub);
        pub = bench.Come311("p", false, true);
        bench.Send(pub, "3c [ `a` 00 07 'x' ] 62 [ 00 07 ]");
        bench.Expect(pub, "50 [ 00 07 ] 70 [ 00 07 ]");
        bench.Expect(sub, "30 [ `a` 'x' ]");
        bench.Close(pub);
        bench.Forget("p");
        bench.Finish();
    }

    // [MQTT-4.3.3-9] [MQTT-3.5.2-1]
    [TestMethod]
    public void PubrecThatRefuses_FreesTheIdentifier()
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Connect(4, "s");
        bench.Take311(sub, "a", 0);
        int pub = bench.Connect(5, "p");
        bench.Send(pub, "34 [ `$SYS/a` 00 07 [ ] 'x' ] 34 [ `a` 00 07 [ ] 'y' ]");
        bench.Expect(pub, "50 [ 00 07 87 ] 50 [ 00 07 ]");
        bench.Expect(sub, "30 [ `a` 'y' ]");
        bench.Finish();
    }

    // [MQTT-4.3.3-13]
    [TestMethod]
    public void MessageThatHasExpired_IsAnsweredToTheEnd()
    {
        BrokerBench bench = SessionBench.Start();
        int away = bench.Come5("s", SessionBench.ForEver, false, false);
        bench.Take5(away, "a", 2);
        bench.Close(away);
        int pub = bench.Connect(5, "p");
        bench.Send(pub, "34 [ `a` 00 07 [ 02 00 00 00 01 ] 'x' ]");
        bench.Expect(pub, "50 [ 00 07 ]");
        bench.Pass(5000);
        bench.Send(pub, "3c [ `a` 00 07 [ 02 00 00 00 01 ] 'x' ] 62 [ 00 07 ]");
        bench.Expect(pub, "50 [ 00 07 ] 70 [ 00 07 ]");
        away = bench.Come5("s", "", false, true);
        bench.AssertEmpty();
        bench.Finish();
    }

    // [MQTT-4.3.3-4] [MQTT-4.3.3-5] [MQTT-4.3.3-6] [MQTT-4.3.3-3]
    // 3.1.1 [MQTT-4.3.3-1] [MQTT-4.4.0-1]
    [TestMethod]
    public void Pubrel_ComesAgainUntilPubcomp_AndThePublishNoMore()
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Come311("s", false, false);
        bench.Take311(sub, "a", 2);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "34 [ `a` 00 01 'x' ]");
        bench.Expect(sub, "34 [ `a` 00 01 'x' ]");
        bench.Close(sub);
        sub = bench.Come311("s", false, true, "3c [ `a` 00 01 'x' ]");
        bench.Send(sub, "50 [ 00 01 ]");
        bench.Expect(sub, "62 [ 00 01 ]");
        bench.Close(sub);
        sub = bench.Come311("s", false, true, "62 [ 00 01 ]");
        bench.Close(sub);
        sub = bench.Come311("s", false, true, "62 [ 00 01 ]");
        bench.Publish(sub, "70 [ 00 01 ]");
        bench.AssertEmpty();
        bench.Close(sub);
        sub = bench.Come311("s", false, true);
        bench.Close(sub);
        bench.Forget("s");
        bench.Finish();
    }

    // [MQTT-4.3.3-4] [MQTT-4.4.0-2]
    [TestMethod]
    [DataRow("32", "40 [ 00 01 80 ]")]
    [DataRow("34", "50 [ 00 01 97 ]")]
    public void AcknowledgementThatRefuses_EndsTheMessage(string first, string refusal)
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Come5("s", SessionBench.ForEver, false, false);
        bench.Take5(sub, "a", 2);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, first + " [ `a` 00 01 'x' ]");
        bench.Expect(sub, first + " [ `a` 00 01 [ ] 'x' ]");
        bench.Send(sub, refusal);
        bench.Expect(sub, "");
        bench.AssertEmpty();
        bench.Close(sub);
        bench.Come5("s", "", false, true);
        bench.Finish();
    }

    // [MQTT-4.4.0-1] [MQTT-4.3.2-3] [MQTT-3.3.1-1], 3.1.1 [MQTT-3.3.1-1] [MQTT-4.3.2-1]
    [TestMethod]
    public void NothingIsSentAgain_WhileTheConnectionStays()
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Come311("s", false, false);
        bench.Take311(sub, "a", 2);
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "32 [ `a` 00 01 'x' ] 34 [ `a` 00 02 'y' ]");
        bench.Expect(sub, "32 [ `a` 00 01 'x' ] 34 [ `a` 00 02 'y' ]");
        bench.Send(sub, "50 [ 00 02 ]");
        bench.Expect(sub, "62 [ 00 02 ]");
        bench.Pass(24L * 3600 * 1000);
        bench.Send(sub, "c0 00");
        bench.Expect(sub, "d0 00");
        bench.Close(sub);
        sub = bench.Come311("s", false, true, "3a [ `a` 00 01 'x' ] 62 [ 00 02 ]");
        bench.Close(sub);
        bench.Forget("s");
        bench.Finish();
    }

    // [MQTT-4.3.3-7]
    [TestMethod]
    [DataRow("32", 0x3a)]
    [DataRow("34", 0x3c)]
    public void MessageThatWasSent_DoesNotExpire(string first, int again)
    {
        BrokerBench bench = SessionBench.Start();
        int sub = bench.Come5("s", SessionBench.ForEver, false, false);
        bench.Take5(sub, "a", 2);
        int pub = bench.Connect(5, "p");
        bench.Publish(pub, first + " [ `a` 00 01 [ 02 00 00 00 05 ] 'x' ]");
        bench.Expect(sub, first + " [ `a` 00 01 [ 02 00 00 00 05 ] 'x' ]");
        bench.Close(sub);
        bench.Pass(60000);
        sub = bench.Open();
        bench.Send(sub, "10 [ `MQTT` 05 00 00 00 [ ] `s` ]");
        bench.Drain(sub);
        Assert.AreEqual(0x20, (int)bench.Output[0], "CONNACK");
        Assert.AreEqual(again, (int)bench.Output[2 + bench.Output[1]], "PUBLISH");
        bench.Finish();
    }
}
