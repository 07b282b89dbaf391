using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Shared Subscriptions, statement by statement (section 4.8.2).</summary>
[TestClass]
public sealed class SharedStatementTests
{
    // [MQTT-4.8.2-3] [MQTT-3.8.4-8]
    [TestMethod]
    public void Qos_IsTheLowerOfThatOfTheMessage_AndThatOfTheMember()
    {
        BrokerBench bench = Start();
        int pub = bench.Connect(4, "p");
        for (int published = 0; published <= 2; published++)
        {
            for (int granted = 0; granted <= 2; granted++)
            {
                int member = Member(bench, "m", granted, false);
                bench.Publish(pub, $"{0x30 | (published << 1):x2} [ `a` "
                    + $"{(published > 0 ? "00 01" : "")} 'x' ] 62 [ 00 01 ]");
                int qos = System.Math.Min(published, granted);
                bench.Expect(member, $"{0x30 | (qos << 1):x2} [ `a` "
                    + $"{(qos > 0 ? "00 01" : "")} [ ] 'x' ]");
                bench.Close(member);
            }
        }

        bench.Finish();
    }

    // [MQTT-4.8.2-4]
    [TestMethod]
    public void Qos2ThatWasSent_IsCompletedWithTheSameMember()
    {
        BrokerBench bench = Start();
        int pub = bench.Connect(4, "p");
        int one = Member(bench, "1", 2, true);
        bench.Publish(pub, "34 [ `a` 00 01 'x' ] 62 [ 00 01 ]");
        bench.Expect(one, "34 [ `a` 00 01 [ ] 'x' ]");
        int two = Member(bench, "2", 2, true);
        bench.Close(one);
        bench.Expect(two, "");
        one = Come(bench, "1", "01", "3c [ `a` 00 01 [ ] 'x' ]");
        bench.Send(one, "50 [ 00 01 ]");
        bench.Expect(one, "62 [ 00 01 ]");
        bench.Close(one);
        bench.Expect(two, "");
        one = Come(bench, "1", "01", "62 [ 00 01 ]");
        bench.Send(one, "70 [ 00 01 ]");
        End(bench);
    }

    // [MQTT-4.8.2-5]
    [TestMethod]
    [DataRow("")]
    [DataRow("50 [ 00 01 ]")]
    public void Qos2ThatWasSent_GoesToNobodyElse_WhenTheSessionEnds(string answer)
    {
        BrokerBench bench = Start();
        int pub = bench.Connect(4, "p");
        int one = Member(bench, "1", 2, true);
        bench.Publish(pub, "34 [ `a` 00 01 'x' ] 62 [ 00 01 ]");
        bench.Drain(one);
        bench.Publish(one, answer);
        int two = Member(bench, "2", 2, true);
        bench.Close(one);
        bench.Forget("1");
        bench.Expect(two, "");
        End(bench);
    }

    // [MQTT-4.8.2-6]
    [TestMethod]
    [DataRow("32", "40 [ 00 01 83 ]")]
    [DataRow("34", "50 [ 00 01 80 ]")]
    public void MessageThatIsRefused_GoesToNobodyElse(string first, string refusal)
    {
        BrokerBench bench = Start();
        int pub = bench.Connect(4, "p");
        int one = Member(bench, "1", 2, true);
        bench.Publish(pub, first + " [ `a` 00 01 'x' ]");
        bench.Expect(one, first + " [ `a` 00 01 [ ] 'x' ]");
        int two = Member(bench, "2", 2, true);
        bench.Publish(one, refusal);
        bench.Expect(two, "");
        bench.Close(one);
        bench.Forget("1");
        bench.Expect(two, "");
        End(bench);
    }

    // [MQTT-3.1.2-24] [MQTT-3.3.4-3]
    [TestMethod]
    public void Identifier_CountsForTheSize_AndIsNotFor311()
    {
        BrokerBench bench = Start();
        int slot = Come(bench, "1", "00", "", "27 00 00 00 18");
        bench.Send(slot, "82 [ 00 09 [ 0b 80 01 ] `b` 01 ]");
        bench.Expect(slot, "90 [ 00 09 [ ] 01 ]");
        int pub = bench.Connect(4, "p");
        bench.Publish(pub, "32 [ `b` 00 01 *13 ] 32 [ `b` 00 01 *14 ] 30 [ `b` *16 ]");
        bench.Expect(slot, "32 [ `b` 00 01 [ 0b 80 01 ] *13 ]");
        bench.Close(slot);
        slot = bench.Come311("1", false, true, "3a [ `b` 00 01 *13 ]");
        bench.Publish(slot, "40 [ 00 01 ]");
        bench.Publish(pub, "32 [ `b` 00 01 'x' ]");
        bench.Expect(slot, "32 [ `b` 00 03 'x' ]"); // 2 was too large to be sent.
        bench.Close(slot);
        End(bench);
    }

    private static BrokerBench Start()
    {
        var bench = new BrokerBench();
        bench.Limits.MaxSharedSubscriptions = 4;
        return SessionBench.Start(bench, 3);
    }

    private static int Member(BrokerBench bench, string name, int qos, bool stays)
    {
        int slot = Come(bench, name, "00", "", stays ? SessionBench.ForEver : "11 00 00 00 00");
        bench.Take5(slot, "$share/g/a", qos);
        return slot;
    }

    private static int Come(BrokerBench bench, string name, string present, string behind,
        string properties = SessionBench.ForEver)
    {
        int slot = bench.Open();
        string stays = properties.StartsWith("11") ? "" : SessionBench.ForEver;
        bench.Send(slot, $"10 [ `MQTT` 05 00 00 00 [ {stays} {properties} ] `{name}` ]");
        bench.Expect(slot, $"20 [ {present} 00 [ 21 00 03 27 00 00 02 00 ] ] {behind}");
        return slot;
    }

    private static void End(BrokerBench bench)
    {
        bench.Forget("1");
        bench.Forget("2");
        bench.Finish();
    }
}
