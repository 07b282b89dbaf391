#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Subscription Identifiers (section 3.8.2.1.2).</summary>
    [TestClass]
    public sealed class BrokerIdentifierTests
    {
        // [MQTT-3.3.4-3]
        [TestMethod]
        public void OneSubscription_ItsIdentifierGoesOut_AtEachQos()
        {
            BrokerBench bench = Bench();
            int sub = bench.Connect(5, "s");
            Subscribe(bench, sub, "0B 07", "a", 2);
            int pub = bench.Connect(5, "p");
            bench.Send(pub, "30 [ `a` [ ] 'x' ] 32 [ `a` 00 01 [ 01 01 ] 'y' ] "
                + "34 [ `a` 00 02 [ ] 'z' ]");
            bench.Drain(pub);
            bench.Expect(sub, "30 [ `a` [ 0B 07 ] 'x' ] 32 [ `a` 00 01 [ 0B 07 01 01 ] 'y' ] "
                + "34 [ `a` 00 02 [ 0B 07 ] 'z' ]");
            End(bench, sub);
        }

        [TestMethod]
        public void LargestIdentifier_TakesFourBytes()
        {
            BrokerBench bench = Bench();
            int sub = bench.Connect(5, "s");
            Subscribe(bench, sub, "0B FF FF FF 7F", "a", 0);
            bench.Send(sub, "30 [ `a` [ ] ]");
            bench.Expect(sub, "30 [ `a` [ 0B FF FF FF 7F ] ]");
            End(bench, sub);
        }

        // [MQTT-3.3.4-4]: one copy with the identifiers of all that match.
        [TestMethod]
        public void Overlapping_AllIdentifiersGoOutInOneCopy()
        {
            BrokerBench bench = Bench();
            int sub = bench.Connect(5, "s");
            Subscribe(bench, sub, "0B 07", "a/b", 1);
            Subscribe(bench, sub, "0B 08", "a/+", 0);
            Subscribe(bench, sub, "", "#", 0);
            Subscribe(bench, sub, "0B 80 01", "a/#", 0);
            for (int i = 0; i < 2; i++)
            {
                bench.Send(sub, "30 [ `a/b` [ ] 'x' ]");
                bench.Drain(sub);
                AssertIdentifiers(bench, 0x30, 3);
                bench.Send(sub, "30 [ `a/c` [ ] 'x' ]");
                bench.Drain(sub);
                AssertIdentifiers(bench, 0x30, 2);
            }

            End(bench, sub);
        }

        [TestMethod]
        public void Redelivery_HasTheSameIdentifiers_ThoughSubscriptionsHaveGone()
        {
            BrokerBench bench = Bench();
            int sub = Keeping(bench);
            bench.Drain(sub);
            Subscribe(bench, sub, "0B 07", "a/b", 1);
            Subscribe(bench, sub, "0B 08", "a/+", 1);
            int pub = bench.Connect(4, "p");
            bench.Send(pub, "32 [ `a/b` 00 01 'x' ] 32 [ `a/c` 00 02 'y' ]");
            bench.Drain(pub);
            bench.Drain(sub);
            bench.Send(sub, "A2 [ 00 03 [ ] `a/b` `a/+` ]");
            bench.Drain(sub);
            bench.Close(sub);
            sub = Keeping(bench);
            bench.Drain(sub);
            int connack = 2 + bench.Output[1];
            bench.OutputLength -= connack;
            System.Array.Copy(bench.Output, connack, bench.Output, 0, bench.OutputLength);
            bench.AssertOutput("3A [ `a/b` 00 01 [ 0B 07 0B 08 ] 'x' ] "
                + "3A [ `a/c` 00 02 [ 0B 08 ] 'y' ]");
            bench.Send(sub, "40 [ 00 01 ] 40 [ 00 02 ]");
            End(bench, sub);
        }

        [TestMethod]
        public void Retained_HasTheIdentifierOfTheSubscriptionThatAskedForIt()
        {
            BrokerBench bench = Bench();
            int sub = bench.Connect(5, "s");
            bench.Send(sub, "31 [ `a` [ ] 'r' ]");
            Subscribe(bench, sub, "0B 07", "#", 0);
            bench.AssertOutput("90 [ 00 09 [ ] 00 ] 31 [ `a` [ 0B 07 ] 'r' ]");
            Subscribe(bench, sub, "0B 08", "a", 0);
            bench.AssertOutput("90 [ 00 09 [ ] 00 ] 31 [ `a` [ 0B 08 ] 'r' ]");
            bench.Send(sub, "31 [ `a` [ ] ]");
            bench.Drain(sub);
            End(bench, sub);
        }

        [TestMethod]
        public void SubscribedAgain_TheNewIdentifierHolds_OrNone()
        {
            BrokerBench bench = Bench();
            int sub = bench.Connect(5, "s");
            Subscribe(bench, sub, "0B 07", "a", 0);
            Subscribe(bench, sub, "0B 08", "a", 0);
            bench.Send(sub, "30 [ `a` [ ] ]");
            bench.Expect(sub, "30 [ `a` [ 0B 08 ] ]");
            Subscribe(bench, sub, "", "a", 0);
            bench.Send(sub, "30 [ `a` [ ] ]");
            bench.Expect(sub, "30 [ `a` [ ] ]");
            End(bench, sub);
        }

        // A packet that is cut keeps its length whatever happens meanwhile.
        [TestMethod]
        public void CutPacket_KeepsItsIdentifiers()
        {
            BrokerBench bench = Bench();
            bench.Capacity = 64;
            int sub = bench.Connect(5, "s");
            Subscribe(bench, sub, "0B 07", "a/b", 0);
            Subscribe(bench, sub, "0B 08", "a/+", 0);
            string payload = "";
            for (int i = 0; i < 100; i++)
            {
                payload += " " + Wire.Hex(i);
            }

            bench.Send(sub, "30 [ `a/b` [ ]" + payload + " ] A2 [ 00 03 [ ] `a/b` `a/+` ]");
            bench.Expect(sub, "30 [ `a/b` [ 0B 07 0B 08 ]" + payload + " ] "
                + "B0 [ 00 03 [ ] 00 00 ]");
            End(bench, sub);
        }

        [TestMethod]
        public void Zero_IsAProtocolError()
        {
            BrokerBench bench = Bench();
            int sub = bench.Connect(5, "s");
            bench.Send(sub, "82 [ 00 09 [ 0B 00 ] `a` 00 ]");
            bench.ExpectDisconnect(sub, 0x82);
        }

        private static void AssertIdentifiers(BrokerBench bench, int first, int count)
        {
            Assert.AreEqual(first, (int)bench.Output[0], "one packet");
            Assert.AreEqual(bench.OutputLength - 2, (int)bench.Output[1], "one packet");
            int length = bench.Output[7];
            int found = 0;
            for (int at = 8; at < 8 + length; at++)
            {
                found += bench.Output[at] == 0x0B ? 1 : 0;
            }

            Assert.AreEqual(count, found, "identifiers");
        }

        private static void End(BrokerBench bench, int sub)
        {
            bench.Send(sub, "E0 [ 00 [ 11 00 00 00 00 ] ]");
            bench.Close(sub);
            Assert.AreEqual(0L, bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            bench.Finish();
        }

        private static BrokerBench Bench()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxInflight = 4;
            bench.Limits.ReceiveMaximum = 3;
            bench.Limits.MaxSessions = 3;
            bench.Settings.MaxQos = 2;
            bench.Start();
            return bench;
        }

        private static int Keeping(BrokerBench bench)
        {
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 05 00 00 00 [ 11 00 00 00 50 ] `s` ]");
            return slot;
        }

        private static void Subscribe(
            BrokerBench bench, int slot, string properties, string filter, int qos)
        {
            bench.Send(slot, "82 [ 00 09 [ " + properties + " ] `" + filter + "` "
                + Wire.Hex(qos) + " ]");
            bench.Drain(slot);
        }
    }
}
