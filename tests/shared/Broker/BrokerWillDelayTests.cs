#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Will Delay Interval against the end of the session (section 3.1.3.2.2).</summary>
    [TestClass]
    public sealed class BrokerWillDelayTests
    {
        private const string Will = "30 [ `w` 'x' ]";

        private BrokerBench _bench;
        private int _watcher;

        // [MQTT-3.1.2-8]
        [TestMethod]
        public void Will_GoesOutAfterItsDelay_NotBefore()
        {
            Begin();
            int client = Connect(0, 5, 100);
            _bench.Close(client);
            _bench.Pass(4900);
            _bench.Expect(_watcher, "");
            _bench.Pass(3000);
            _bench.Expect(_watcher, Will);
            _bench.Pass(200000);
            _bench.Expect(_watcher, "");
            End();
        }

        [TestMethod]
        public void EndOfTheSession_DoesNotWaitForTheDelay()
        {
            Begin();
            int client = Connect(0, 50, 5);
            _bench.Close(client);
            _bench.Pass(4900);
            _bench.Expect(_watcher, "");
            _bench.Pass(3000);
            _bench.Expect(_watcher, Will);
            End();
        }

        // [MQTT-3.1.3-9]
        [TestMethod]
        public void WhoComesBackInTime_KeepsItQuiet()
        {
            Begin();
            int client = Connect(0, 5, 100);
            _bench.Close(client);
            _bench.Pass(3000);
            client = Connect(0, 5, 100);
            _bench.Pass(20000);
            _bench.Expect(_watcher, "");

            // The Will of the new connection counts from its own end.
            _bench.Close(client);
            _bench.Pass(4900);
            _bench.Expect(_watcher, "");
            _bench.Pass(3000);
            _bench.Expect(_watcher, Will);
            End();
        }

        [TestMethod]
        public void CleanStart_EndsTheSession_SoItGoesOut()
        {
            Begin();
            _bench.Close(Connect(0, 500, 1000));
            _bench.Expect(_watcher, "");
            Connect(2, 500, 1000);
            _bench.Expect(_watcher, Will);
            End();
        }

        // [MQTT-3.1.4-3]
        [TestMethod]
        public void Takeover_LeavesADelayedWillQuiet_ADueOneNot()
        {
            Begin();
            Connect(0, 500, 1000);
            Connect(0, 0, 1000);
            _bench.Expect(_watcher, "");
            Connect(0, 0, 1000);
            _bench.Expect(_watcher, Will);
            End();
        }

        [TestMethod]
        public void Disconnect_TakesItBack_With04ItIsDelayed()
        {
            Begin();
            _bench.Send(Connect(0, 5, 1000), "e0 [ ]");
            _bench.Pass(20000);
            _bench.Expect(_watcher, "");
            _bench.Send(Connect(0, 5, 1000), "e0 [ 04 ]");
            _bench.Pass(4900);
            _bench.Expect(_watcher, "");
            _bench.Pass(3000);
            _bench.Expect(_watcher, Will);

            // The session ends with this DISCONNECT, and the Will does not wait.
            _bench.Send(Connect(0, 5, 1000), "e0 [ 04 [ 11 00 00 00 00 ] ]");
            _bench.Expect(_watcher, Will);
            End();
        }

        private void Begin()
        {
            _bench = new BrokerBench();
            _bench.Limits.MaxInflight = 4;
            _bench.Limits.MaxSessions = 3;
            _bench.Limits.ReceiveMaximum = 3;
            _bench.Start();
            _watcher = _bench.Subscriber(4, "watcher", "w", 0);
        }

        private void End()
        {
            _bench.Connect(4, "c");
            _bench.Drain(_watcher);
            for (int slot = 0; slot < _bench.Limits.Slots(); slot++)
            {
                if (_bench.IsOpen(slot) && slot != _watcher)
                {
                    _bench.Drain(slot);
                }
            }

            Assert.AreEqual(0L, _bench.Broker.SysValue(SysTopics.StoredMessages), "free");
            _bench.Finish();
            _bench = null; // Two brokers do not fit a small heap.
        }

        private int Connect(int cleanStart, int delayS, int expiryS)
        {
            int slot = _bench.Open();
            _bench.Send(slot, "10 [ `MQTT` 05 0" + (cleanStart + 4).ToString() + " 00 00 [ 11 "
                + Number(expiryS) + " ] `c` [ 18 " + Number(delayS) + " ] `w` 00 01 'x' ]");
            _bench.Drain(slot);
            return slot;
        }

        private static string Number(int value)
        {
            return "00 00 " + Wire.Hex(value >> 8) + " " + Wire.Hex(value & 0xFF);
        }
    }
}
