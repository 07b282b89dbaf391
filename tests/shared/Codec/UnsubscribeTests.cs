#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;
using EdgeBroker.Codec.Client;

namespace EdgeBroker.Tests
{
    /// <summary>UNSUBSCRIBE. The statements have the same numbers in both versions.</summary>
    [TestClass]
    public sealed class UnsubscribeTests
    {
        private const byte Malformed = ReasonCode.MalformedPacket;
        private const byte ProtocolError = ReasonCode.ProtocolError;
        private const byte V311 = ProtocolVersion.V311;
        private const byte V5 = ProtocolVersion.V5;

        [TestMethod]
        public void V311_TwoFilters_AreRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good("a2 0b 00 0a 00 03 'a/b' 00 02 '/#'", V311, 1);
            SubscribePacket unsubscribe = bench.Subscribe;
            Assert.AreEqual(10, unsubscribe.PacketId, "Packet Identifier");
            Assert.AreEqual(2, unsubscribe.FilterCount, "filters");
            NextIs(unsubscribe, packet, "a/b");
            NextIs(unsubscribe, packet, "/#");
            Assert.IsFalse(unsubscribe.Next(), "no third filter");
            unsubscribe.Rewind();
            NextIs(unsubscribe, packet, "a/b");
        }

        [TestMethod]
        public void V5_WithUserProperty_IsRead()
        {
            PacketBench bench = new PacketBench();
            byte[] packet = bench.Good(
                "a2 0d 00 01 07 26 00 01 'k' 00 01 'v' 00 01 '+'", V5, 0);
            Assert.AreEqual(7, bench.Subscribe.Properties.Length, "Property Length");
            NextIs(bench.Subscribe, packet, "+");
        }

        [TestMethod]
        public void Unsubscribe_PacketIdZero_IsProtocolError_MQTT_2_2_1_3()
        {
            new PacketBench().Bad("a2 05 00 00 00 01 'a'", V311, ProtocolError, "MQTT-2.2.1-3]");
            new PacketBench().Bad("a2 06 00 00 00 00 01 'a'", V5, ProtocolError, "MQTT-2.2.1-3]");
            new PacketBench().Bad("a2 01 00", V5, Malformed, "cut short");
        }

        // 3.1.1 [MQTT-3.10.3-1]
        [TestMethod]
        public void Unsubscribe_FilterNotUtf8_IsMalformed_MQTT_3_10_3_1()
        {
            new PacketBench().Bad("a2 05 00 01 00 01 ff", V311, Malformed, "MQTT-3.10.3-1]");
            new PacketBench().Bad("a2 06 00 01 00 00 01 00", V5, Malformed, "MQTT-3.10.3-1]");
        }

        // 3.1.1 [MQTT-3.10.3-2]
        [TestMethod]
        public void Unsubscribe_NoFilter_IsProtocolError_MQTT_3_10_3_2()
        {
            new PacketBench().Bad("a2 02 00 01", V311, ProtocolError, "MQTT-3.10.3-2]");
            new PacketBench().Bad("a2 03 00 01 00", V5, ProtocolError, "MQTT-3.10.3-2]");
        }

        [TestMethod]
        public void Unsubscribe_BadProperties_AreRefusedWithTheirCode()
        {
            new PacketBench().Bad(
                "a2 08 00 01 02 0b 01 00 01 'a'", V5, Malformed, "does not belong");
        }

        [TestMethod]
        public void Unsubscribe_FilterCut_IsMalformed_MQTT_3_10_3_2()
        {
            new PacketBench().Bad("a2 03 00 01 00", V311, Malformed, "MQTT-3.10.3-2]");
            new PacketBench().Bad("a2 05 00 01 00 02 'a'", V311, Malformed, "MQTT-3.10.3-2]");
            new PacketBench().Bad("a2 07 00 01 00 ff ff 'ab'", V5, Malformed, "MQTT-3.10.3-2]");
        }

        [TestMethod]
        public void AppendFilter_BuildsAPayload()
        {
            byte[] filter = Hex.Parse("'xa/bx'");
            byte[] target = new byte[16];
            int end = SubscribeEncoder.AppendFilter(target, 2, 5, filter, 1, 3);
            Hex.AssertBytes(Hex.Parse("00 03 'a/b'"), target, 2, end - 2, "payload");
            Assert.AreEqual(-1, SubscribeEncoder.AppendFilter(target, 2, 4, filter, 1, 3), "4");
            Assert.AreEqual(-1, SubscribeEncoder.AppendFilter(
                target, 2, 100000, filter, 0, 65536), "too long for its length");
        }

        private static void NextIs(SubscribePacket unsubscribe, byte[] packet, string filter)
        {
            Assert.IsTrue(unsubscribe.Next(), "a filter");
            Hex.AssertText(
                filter, packet, unsubscribe.FilterOffset, unsubscribe.FilterLength, "filter");
            Assert.AreEqual(0, (int)unsubscribe.Options, "options");
        }
    }
}
