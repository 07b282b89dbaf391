namespace EdgeBroker.Tests
{
    /// <summary>What tests of sessions, QoS 1 and 2 have in common.</summary>
    public static class QosBench
    {
        /// <summary>A broker with small windows and few sessions.</summary>
        public static BrokerBench Start()
        {
            BrokerBench bench = Prepare();
            bench.Start();
            return bench;
        }

        /// <summary>The same, not started.</summary>
        public static BrokerBench Prepare()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.MaxInflight = 4;
            bench.Limits.MaxSessions = 3;
            bench.Limits.ReceiveMaximum = 3;
            bench.Limits.MaxSessionMessages = 6;
            bench.Limits.MaxSessionBytes = 400;
            bench.Settings.MaxQos = 2;
            return bench;
        }

        /// <summary>A 3.1.1 client whose session stays.</summary>
        public static int Keeping(BrokerBench bench, string clientId, string answer)
        {
            int slot = bench.Open();
            bench.Send(slot, "10 [ `MQTT` 04 00 00 00 `" + clientId + "` ]");
            bench.Expect(slot, answer);
            return slot;
        }

        /// <summary>A 3.1.1 client subscribes.</summary>
        public static void Subscribe(BrokerBench bench, int slot, string filter, int qos)
        {
            bench.Send(slot, "82 [ 00 09 `" + filter + "` " + Wire.Hex(qos) + " ]");
            bench.Expect(slot, "90 [ 00 09 " + Wire.Hex(qos) + " ]");
        }

        /// <summary>A 5.0 client subscribes.</summary>
        public static void Subscribe5(BrokerBench bench, int slot, string filter, int qos)
        {
            bench.Send(slot, "82 [ 00 09 [ ] `" + filter + "` " + Wire.Hex(qos) + " ]");
            bench.Expect(slot, "90 [ 00 09 [ ] " + Wire.Hex(qos) + " ]");
        }
    }
}
