#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Shared Subscriptions (section 4.8.2).</summary>
    [TestClass]
    public sealed class BrokerSharedTests
    {
        private BrokerBench _bench;
        private int _pub;

        [TestMethod]
        public void EachMessage_GoesToOneMember_InTurn()
        {
            Begin();
            int one = Member("1", "$share/g/a", 0);
            int two = Member("2", "$share/g/a", 0);
            int other = Member("3", "$share/h/a", 0);
            int all = Member("4", "a", 0);
            for (int i = 0; i < 6; i++)
            {
                _bench.Send(_pub, "30 [ `a` " + Wire.Hex(i) + " ]");
            }

            const string Even = "30 [ `a` 00 ] 30 [ `a` 02 ] 30 [ `a` 04 ]";
            const string Odd = "30 [ `a` 01 ] 30 [ `a` 03 ] 30 [ `a` 05 ]";
            _bench.Drain(one);
            bool isFirst = _bench.Output[5] == 0;
            _bench.AssertOutput(isFirst ? Even : Odd);
            _bench.Expect(two, isFirst ? Odd : Even);
            const string All = "30 [ `a` 00 ] 30 [ `a` 01 ] 30 [ `a` 02 ] 30 [ `a` 03 ] "
                + "30 [ `a` 04 ] 30 [ `a` 05 ]";
            _bench.Expect(other, All);
            _bench.Expect(all, All);
            End();
        }

        [TestMethod]
        public void WhoseWindowIsFull_IsPassedOver()
        {
            Begin();
            int busy = Member("1", "$share/g/a", 1);
            int free = Member("2", "$share/g/a", 1);
            int toBusy = 0;
            int toFree = 0;
            for (int i = 0; i < 20; i++)
            {
                _bench.Send(_pub, "32 [ `a` 00 01 ]");
                _bench.Drain(_pub);
                _bench.Drain(busy);
                toBusy += _bench.OutputLength / 7;
                _bench.Drain(free);
                toFree += _bench.OutputLength / 7;
                Acknowledge(free);
            }

            Assert.AreEqual(4, toBusy, "its window");
            Assert.AreEqual(16, toFree, "the others");
            End();
        }

        // [MQTT-4.8.2-4]
        [TestMethod]
        public void MemberWhoIsAway_GetsNothingAsLongAsOthersAreThere()
        {
            Begin();
            int away = Member("1", "$share/g/a", 1);
            int here = Member("2", "$share/g/a", 1);
            _bench.Close(away);
            _bench.Send(_pub, "32 [ `a` 00 01 '1' ] 32 [ `a` 00 01 '2' ]");
            _bench.Drain(_pub);
            _bench.Expect(here, "32 [ `a` 00 01 '1' ] 32 [ `a` 00 02 '2' ]");
            _bench.Send(here, "40 [ 00 01 ] 40 [ 00 02 ]");
            End();
        }

        [TestMethod]
        public void NobodyThere_ASessionKeepsIt()
        {
            Begin();
            int one = Member("1", "$share/g/a", 1);
            _bench.Close(one);
            _bench.Send(_pub, "32 [ `a` 00 01 '1' ] 30 [ `a` '0' ]");
            _bench.Drain(_pub);
            one = _bench.Open();
            _bench.Send(one, "10 [ `MQTT` 04 00 00 00 `1` ]");
            _bench.Expect(one, "20 [ 01 00 ] 32 [ `a` 00 01 '1' ]");
            Acknowledge(one);
            End();
        }

        // Section 4.8.2: QoS 1 goes to another one when the session ends; QoS 2 whose delivery
        // has begun does not [MQTT-4.8.2-5].
        [TestMethod]
        public void WhatAMemberDidNotGet_GoesToAnother_WhenItsSessionEnds()
        {
            Begin();
            int one = Member("1", "$share/g/a", 2);
            _bench.Send(_pub, "32 [ `a` 00 01 '1' ] 34 [ `a` 00 02 '2' ] 62 [ 00 02 ]");
            _bench.Drain(_pub);
            _bench.Expect(one, "32 [ `a` 00 01 '1' ] 34 [ `a` 00 02 '2' ]");
            _bench.Send(_pub, "32 [ `a` 00 01 '3' ] 32 [ `a` 00 01 '4' ] 34 [ `a` 00 02 '5' ]");
            _bench.Drain(_pub);
            int two = Member("2", "$share/g/a", 2);
            _bench.Connect(4, "1"); // A clean start ends the session.
            _bench.Expect(two, "32 [ `a` 00 01 '1' ] 32 [ `a` 00 02 '3' ] 32 [ `a` 00 03 '4' ] "
                + "34 [ `a` 00 04 '5' ]");
            _bench.Send(two, "40 [ 00 01 ] 40 [ 00 02 ] 40 [ 00 03 ] 50 [ 00 04 ]");
            _bench.Drain(two);
            _bench.Send(two, "70 [ 00 04 ]");
            End();
        }

        [TestMethod]
        public void LastMemberGone_TheGroupIsOver_ANewOneBegins()
        {
            Begin();
            for (int i = 0; i < 40; i++)
            {
                int one = Member("1", "$share/g" + i.ToString() + "/a", 1);
                _bench.Send(_pub, "32 [ `a` 00 01 '1' ]");
                _bench.Drain(_pub);
                _bench.Expect(one, "32 [ `a` 00 01 '1' ]");
                _bench.Send(one, "A2 [ 00 03 `$share/g" + i.ToString() + "/a` ]");
                _bench.Expect(one, "B0 [ 00 03 ]");
                Assert.AreEqual(0L, _bench.Broker.SysValue(SysTopics.Subscriptions), "none");
                _bench.Send(one, "40 [ 00 01 ]");
                _bench.Close(one);
                _bench.Close(_bench.Connect(4, "1"));
            }

            End();
        }

        [TestMethod]
        public void Full_IsRefused_AndOthersHaveTheirOwn()
        {
            Begin();
            int one = Connect("1");
            for (int i = 0; i < 8; i++)
            {
                Subscribe(one, "$share/g/" + i.ToString(), 0, "00");
            }

            Subscribe(one, "$share/g/9", 0, "80");
            Subscribe(one, "$share/g/3", 1, "01");
            End();
        }

        // [MQTT-3.8.3-4] [MQTT-4.8.2-1] [MQTT-4.8.2-2]
        [TestMethod]
        public void IllFormed_IsAProtocolError()
        {
            Begin();
            string[] wrong = { "`$share/g/a` 04", "`$share//a` 00", "`$share/g` 00",
                "`$share/g/` 00", "`$share/g+/a` 00", "`$share/#/a` 00" };
            for (int i = 0; i < wrong.Length; i++)
            {
                int slot = _bench.Connect(5, "w");
                _bench.Send(slot, "82 [ 00 09 [ ] " + wrong[i] + " ]");
                _bench.ExpectDisconnect(slot, 0x82);
            }

            End();
        }

        [TestMethod]
        public void Identifier_AndRetainAsPublished_AreTheMembersOwn()
        {
            Begin();
            int one = _bench.Connect(5, "1");
            _bench.Send(one, "82 [ 00 09 [ 0B 07 ] `$share/g/a` 08 ]");
            _bench.Expect(one, "90 [ 00 09 [ ] 00 ]");
            _bench.Send(_pub, "31 [ `a` 'x' ]");
            _bench.Expect(one, "31 [ `a` [ 0B 07 ] 'x' ]");

            // Nothing retained goes out to who subscribes later.
            Member("2", "$share/g/a", 0);
            _bench.Send(_pub, "31 [ `a` ]");
            End();
        }

        private void Begin()
        {
            _bench = new BrokerBench();
            _bench.Limits.MaxInflight = 4;
            _bench.Limits.ReceiveMaximum = 3;
            _bench.Limits.MaxSessions = 5;
            _bench.Limits.MaxSharedSubscriptions = 8;
            _bench.Settings.MaxQos = 2;
            _bench.Start();
            _pub = _bench.Connect(4, "p");
        }

        // All sessions end, and nothing is left.
        private void End()
        {
            for (int i = 1; i < 5; i++)
            {
                _bench.Close(_bench.Connect(4, i.ToString()));
            }

            for (int slot = 0; slot < _bench.Limits.Slots(); slot++)
            {
                if (_bench.IsOpen(slot))
                {
                    _bench.Drain(slot);
                }
            }

            Assert.AreEqual(0L, _bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            Assert.AreEqual(0L, _bench.Broker.SysValue(SysTopics.Subscriptions), "none");
            _bench.Finish();
            _bench = null; // Two brokers do not fit a small heap.
        }

        private int Member(string clientId, string filter, int qos)
        {
            int slot = Connect(clientId);
            Subscribe(slot, filter, qos, Wire.Hex(qos));
            return slot;
        }

        private int Connect(string clientId)
        {
            int slot = _bench.Open();
            _bench.Send(slot, "10 [ `MQTT` 04 00 00 00 `" + clientId + "` ]");
            _bench.Drain(slot);
            return slot;
        }

        private void Subscribe(int slot, string filter, int qos, string code)
        {
            _bench.Send(slot, "82 [ 00 09 `" + filter + "` " + Wire.Hex(qos) + " ]");
            _bench.Expect(slot, "90 [ 00 09 " + code + " ]");
        }

        // Everything in Output, at QoS 1, with Topic Names of one byte.
        private void Acknowledge(int slot)
        {
            int at = 0;
            string acks = "";
            while (at < _bench.OutputLength)
            {
                if (_bench.Output[at] >> 4 == 3)
                {
                    acks += " 40 [ " + Wire.Hex(_bench.Output[at + 5]) + " "
                        + Wire.Hex(_bench.Output[at + 6]) + " ]";
                }

                at += 2 + _bench.Output[at + 1];
            }

            if (acks.Length > 0)
            {
                _bench.Send(slot, acks.Substring(1));
            }
        }
    }
}
