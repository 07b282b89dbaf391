using System;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeBroker.Tests.MqttNet;

[TestClass]
public sealed class ConnectTests
{
    [TestMethod]
    [DataRow(MqttProtocolVersion.V311)]
    [DataRow(MqttProtocolVersion.V500)]
    public async Task Connect_CleanStart_HasNoSessionPresent(MqttProtocolVersion version)
    {
        using TestClient client = await TestClient.ConnectAsync(version);

        Assert.IsFalse(client.ConnAck.IsSessionPresent);
        Assert.IsTrue(client.IsConnected);
        await client.DisconnectAsync();
    }

    [TestMethod]
    [DataRow(MqttProtocolVersion.V311)]
    [DataRow(MqttProtocolVersion.V500)]
    public async Task Ping_IsAnswered_MQTT_3_12_4_1(MqttProtocolVersion version)
    {
        using TestClient client = await TestClient.ConnectAsync(version);

        await client.PingAsync();
        await client.PingAsync();

        Assert.IsTrue(client.IsConnected);
    }

    [TestMethod]
    public async Task Connect_EmptyClientId_GetsAnAssignedOne_MQTT_3_1_3_6()
    {
        using TestClient client = await TestClient.ConnectAsync(
            MqttProtocolVersion.V500, options => options.WithClientId(string.Empty));

        Assert.IsFalse(string.IsNullOrEmpty(client.ConnAck.AssignedClientIdentifier));
    }

    [TestMethod]
    public async Task ConnAck_AnnouncesWhatIsAbsent()
    {
        using TestClient client = await TestClient.ConnectAsync(
            MqttProtocolVersion.V500, options => options.WithSessionExpiryInterval(3600));
        MqttClientConnectResult connAck = client.ConnAck;

        Assert.AreEqual(MqttQualityOfServiceLevel.AtLeastOnce, connAck.MaximumQoS);
        Assert.IsFalse(connAck.SharedSubscriptionAvailable, "shared subscriptions");
        Assert.IsFalse(connAck.SubscriptionIdentifiersAvailable, "subscription identifiers");
        Assert.AreEqual(0, connAck.TopicAliasMaximum);
        Assert.IsTrue(connAck.RetainAvailable, "retain");
        Assert.IsTrue(connAck.WildcardSubscriptionAvailable, "wildcards");
    }

    // MQTTnet reads an absent interval as 0, but absent means that the hour asked for is granted.
    [TestMethod]
    public async Task ConnAck_SessionExpiryIntervalZero_IsOnTheWire()
    {
        using TestClient client = await TestClient.ConnectAsync(
            MqttProtocolVersion.V500, options => options.WithSessionExpiryInterval(3600));

        byte[] property = [0x11, 0x00, 0x00, 0x00, 0x00];
        Assert.IsGreaterThanOrEqualTo(
            0, client.ConnAckBytes.AsSpan().IndexOf(property),
            "CONNACK: " + Convert.ToHexString(client.ConnAckBytes));
        Assert.AreEqual(0u, client.ConnAck.SessionExpiryInterval);
    }

    [TestMethod]
    public async Task Subscribe_Shared_IsRefusedWith0x9E()
    {
        using TestClient client = await TestClient.ConnectAsync(MqttProtocolVersion.V500);
        string topic = TestBroker.NewTopic("shared");

        MqttClientSubscribeResultCode code = await client.SubscribeAsync(
            new MqttTopicFilterBuilder().WithTopic("$share/group/" + topic));

        Assert.AreEqual(MqttClientSubscribeResultCode.SharedSubscriptionsNotSupported, code);
        Assert.AreEqual(0x9E, (int)code);
        await client.PingAsync();
    }
}
