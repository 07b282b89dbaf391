using System;
using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// Limits and settings that do not fit are refused by name, before anything runs.
/// </summary>
[TestClass]
public sealed class ConfigurationTests
{
    [TestMethod]
    [DataRow("MaxConnections", 0)]
    [DataRow("MaxClientIdLength", 22)]
    [DataRow("MaxConnectRate", -1)]
    [DataRow("MaxConnectSize", 63)]
    [DataRow("MaxPacketSize", 63)]
    [DataRow("MaxPacketSize", 100)]
    [DataRow("ReceiveSize", 63)]
    [DataRow("MaxSubscriptions", 0)]
    [DataRow("MaxSubscriptionsPerClient", 0)]
    [DataRow("MaxFiltersPerPacket", 0)]
    [DataRow("ConnectSlots", 0)]
    [DataRow("MaxFilterShapes", 4)]
    [DataRow("MaxFilterShapes", 256)]
    [DataRow("MaxTopicLength", 0)]
    [DataRow("MaxTopicLength", 65536)]
    [DataRow("MaxTopicLevels", 0)]
    [DataRow("MaxQueuedMessages", 0)]
    [DataRow("MaxQueuedBytes", 63)]
    [DataRow("MaxQueuedResponses", 3)]
    [DataRow("MaxQueueEntries", 63)]
    [DataRow("MaxRetainedMessages", -1)]
    [DataRow("MaxRetainedBytes", -1)]
    [DataRow("MessageBlockSize", 31)]
    [DataRow("MessageBlocks", 15)]
    [DataRow("MessageBlocks", int.MaxValue)]
    [DataRow("InboundBlockSize", 15)]
    [DataRow("InboundBlocks", 31)]
    [DataRow("InboundBlocks", int.MaxValue)]
    [DataRow("TextBlockSize", 3)]
    [DataRow("TextBlocks", 7)]
    [DataRow("TextBlocks", int.MaxValue)]
    [DataRow("RouteEntries", 0)]
    [DataRow("RouteTopicLength", 0)]
    [DataRow("RouteResults", 0)]
    public void LimitOutOfRange_IsRefusedByName(string name, int value)
    {
        BrokerLimits limits = new();
        limits.Validate();
        typeof(BrokerLimits).GetField(name)!.SetValue(limits, value);
        AssertRefused(limits, new BrokerSettings(), name);
    }

    [TestMethod]
    [DataRow("MaxKeepAliveS", -1)]
    [DataRow("MaxKeepAliveS", 65536)]
    [DataRow("ConnectTimeoutMs", 0)]
    [DataRow("PacketTimeoutMs", 0)]
    [DataRow("ClosingTimeoutMs", 0)]
    [DataRow("QueueFullDeadlineMs", 0)]
    [DataRow("SlowGraceMs", -1)]
    [DataRow("SlowGraceMs", 60001)]
    [DataRow("SysIntervalS", -1)]
    [DataRow("MaxQos", (byte)2)]
    [DataRow("ClientIdPrefix", "a prefix that is too long")]
    public void SettingOutOfRange_IsRefusedByName(string name, object value)
    {
        BrokerSettings settings = new();
        typeof(BrokerSettings).GetField(name)!.SetValue(settings, value);
        AssertRefused(new BrokerLimits(), settings, name);
    }

    [TestMethod]
    public void EveryLimitHasItsRange()
    {
        foreach (var field in typeof(BrokerLimits).GetFields())
        {
            BrokerLimits limits = new();
            field.SetValue(limits, -1);
            AssertRefused(limits, new BrokerSettings(), field.Name);
        }
    }

    private static void AssertRefused(BrokerLimits limits, BrokerSettings settings, string name)
    {
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => new MqttBroker(limits, settings, new OpenAuthenticator(true), null, 0));
        Assert.Contains(name, refusal.Message);
    }
}
