#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Codec;

namespace EdgeBroker.Tests
{
    [TestClass]
    public sealed class PropertyWriterTests
    {
        [TestMethod]
        public void EveryType_IsWrittenAndReadBack()
        {
            byte[] text = Hex.Parse("'-name-value'");
            byte[] raw = new byte[64];
            PropertyWriter writer = new PropertyWriter();
            writer.Begin(raw, 2, 60);
            Assert.IsTrue(writer.AddByte(PropertyId.PayloadFormatIndicator, 1), "byte");
            Assert.IsTrue(writer.AddFourByte(PropertyId.MessageExpiryInterval, 4294967295L), "4");
            Assert.IsTrue(writer.AddTwoByte(PropertyId.TopicAlias, 65535), "two bytes");
            Assert.IsTrue(writer.AddVariable(PropertyId.SubscriptionIdentifier, 300), "variable");
            Assert.IsTrue(writer.AddText(PropertyId.ContentType, text, 1, 4), "text");
            Assert.IsTrue(writer.AddPair(text, 1, 4, 6, 5), "pair");
            Hex.AssertBytes(
                Hex.Parse(
                    @"01 01
                      02 ff ff ff ff
                      23 ff ff
                      0b ac 02
                      03 00 04 'name'
                      26 00 04 'name' 00 05 'value'"),
                raw, 2, writer.Length, "raw");
            PropertySet properties = new PropertySet();
            properties.Use(raw, 2, writer.Length);
            Assert.AreEqual(300L, properties.Number(PropertyId.SubscriptionIdentifier), "read");
            byte[] section = new byte[PropertyWriter.SectionSize(writer.Length)];
            Assert.AreEqual(section.Length, PropertyWriter.WriteSection(
                section, 0, raw, 2, writer.Length), "written");
            Assert.AreEqual(ReasonCode.Success, properties.Decode(
                section, 0, section.Length, PropertySet.PublishFromServer), "decoded");
        }

        [TestMethod]
        public void WhatDoesNotFit_IsLeftOut()
        {
            PropertyWriter writer = new PropertyWriter();
            byte[] raw = new byte[16];
            writer.Begin(raw, 0, 4);
            Assert.IsFalse(writer.AddFourByte(PropertyId.MessageExpiryInterval, 1), "5 bytes");
            Assert.AreEqual(0, writer.Length, "nothing so far");
            Assert.IsTrue(writer.AddTwoByte(PropertyId.TopicAlias, 1), "3 bytes");
            Assert.IsFalse(writer.AddByte(PropertyId.PayloadFormatIndicator, 1), "2 bytes");
            Assert.IsFalse(writer.AddTwoByte(PropertyId.TopicAlias, 1), "3 bytes again");
            Assert.IsFalse(writer.AddText(PropertyId.ContentType, raw, 0, 0), "3 more");
            Assert.IsFalse(writer.AddVariable(PropertyId.SubscriptionIdentifier, 1), "2 more");
            Assert.IsFalse(writer.AddPair(raw, 0, 0, 0, 0), "5 more");
            Assert.AreEqual(3, writer.Length, "what did fit");
            Hex.AssertBytes(Hex.Parse("23 00 01 00 00"), raw, 0, 5, "the rest is untouched");
        }

        [TestMethod]
        public void TextsOver65535Bytes_AreRefused()
        {
            PropertyWriter writer = new PropertyWriter();
            writer.Begin(new byte[4], 0, 1000000);
            Assert.IsFalse(writer.AddText(PropertyId.ContentType, null, 0, 65536), "text");
            Assert.IsFalse(writer.AddPair(null, 0, 65536, 0, 0), "name");
            Assert.IsFalse(writer.AddPair(null, 0, 0, 0, 65536), "value");
        }

        [TestMethod]
        public void CopyWithout_LeavesOutOnePropertyWhereverItStands()
        {
            Without("23 00 01 01 01 02 00 00 00 09", "01 01 02 00 00 00 09");
            Without("01 01 23 00 01 02 00 00 00 09", "01 01 02 00 00 00 09");
            Without("01 01 02 00 00 00 09 23 00 01", "01 01 02 00 00 00 09");
            Without("23 00 01", "");
            Without("01 01", "01 01");
            Without("", "");
            Assert.AreEqual(0, new PropertySet().CopyWithout(
                PropertyId.TopicAlias, new byte[1], 0, 1), "a set that never held anything");
        }

        [TestMethod]
        public void CopyWithout_KeepsOrderAndLeavesOutRepetitions()
        {
            byte[] raw = Hex.Parse("26 00 01 'a' 00 00 0b 01 26 00 01 'b' 00 00 0b 02 0b 03 01 00");
            PropertySet properties = new PropertySet();
            properties.Use(raw, 0, raw.Length);
            byte[] target = new byte[32];
            int size = properties.CopyWithout(PropertyId.SubscriptionIdentifier, target, 3, 14);
            Hex.AssertBytes(Hex.Parse("26 00 01 'a' 00 00 26 00 01 'b' 00 00 01 00"),
                target, 3, size, "copied");
            Assert.AreEqual(-1, properties.CopyWithout(
                PropertyId.SubscriptionIdentifier, target, 3, 13), "one byte too few");
        }

        private static void Without(string text, string expected)
        {
            byte[] raw = Hex.Parse(text);
            PropertySet properties = new PropertySet();
            properties.Use(raw, 0, raw.Length);
            byte[] target = new byte[16];
            int size = properties.CopyWithout(PropertyId.TopicAlias, target, 1, 15);
            Hex.AssertBytes(Hex.Parse(expected), target, 1, size, text);
        }
    }
}
