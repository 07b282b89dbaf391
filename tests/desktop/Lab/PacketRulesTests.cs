using System;
using System.IO;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>The laboratory's reader takes nothing that the specification calls malformed.</summary>
[TestClass]
public sealed class PacketRulesTests
{
    [TestMethod]
    [DataRow(5, "3206000161000000", "Packet Identifier 0",
        DisplayName = "Packet Identifier 0: QoS 1")]
    [DataRow(5, "380400016100", "DUP at QoS 0",
        DisplayName = "DUP at QoS 0: DUP")]
    [DataRow(5, "30060001610201FF", "PayloadFormatIndicator 255",
        DisplayName = "PayloadFormatIndicator 255: Payload Format Indicator")]
    [DataRow(5, "3006000161040100", "Property Length",
        DisplayName = "Property Length: beyond the packet")]
    [DataRow(5, "30080001610401000101", "PayloadFormatIndicator twice",
        DisplayName = "PayloadFormatIndicator twice: section 2.2.2.2")]
    [DataRow(5, "3009000161051100000001", "SessionExpiryInterval in Publish",
        DisplayName = "SessionExpiryInterval in Publish: another packet's property")]
    [DataRow(5, "3006000161800061", "MQTT-1.5.5-1",
        DisplayName = "MQTT-1.5.5-1: Property Length not in its shortest form")]
    [DataRow(5, "300400010000", "U+0000",
        DisplayName = "U+0000: Topic Name")]
    [DataRow(5, "8207000100000161C0", "Subscription Options",
        DisplayName = "Subscription Options: reserved bits")]
    [DataRow(4, "8206000100016103", "Subscription Options",
        DisplayName = "Subscription Options: 3.1.1: Requested QoS 3")]
    [DataRow(4, "E00100", "bytes behind",
        DisplayName = "bytes behind: 3.1.1: DISCONNECT with a Reason Code")]
    [DataRow(4, "C00100", "bytes behind",
        DisplayName = "bytes behind: PINGREQ with a body")]
    [DataRow(4, "100D00044D51545404010000000161", "reserved Connect Flag",
        DisplayName = "reserved Connect Flag: MQTT-3.1.2-3")]
    [DataRow(4, "100D00044D51545404200000000161", "Will flags",
        DisplayName = "Will flags: Will Retain without a Will")]
    [DataRow(4, "100F00044D515454044200000001610000", "password without user",
        DisplayName = "password without user: 3.1.1")]
    public void Next_Malformed_SaysWhy(int version, string hex, string why)
    {
        PacketReader reader = new() { Version = version };
        reader.Add(Convert.FromHexString(hex));
        var e = Assert.ThrowsExactly<InvalidDataException>(() => reader.Next());
        StringAssert.Contains(e.Message, why);
    }
}
