using System;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MQTTnet;
using MQTTnet.Formatter;

namespace EdgeBroker.Tests.MqttNet;

[TestClass]
public sealed class TakeoverTests
{
    [TestMethod]
    public async Task Takeover_OldConnectionIsTold0x8E_MQTT_3_1_4_3()
    {
        string clientId = NewClientId();
        using TestClient old = await ConnectAsync(MqttProtocolVersion.V500, clientId);
        using TestClient taker = await ConnectAsync(MqttProtocolVersion.V500, clientId);

        MqttClientDisconnectedEventArgs ended = await old.WhenDisconnectedAsync();

        Assert.AreEqual(MqttClientDisconnectReason.SessionTakenOver, ended.Reason);
        Assert.AreEqual(0x8E, (int)ended.Reason);
        await taker.PingAsync();
    }

    [TestMethod]
    [DataRow(MqttProtocolVersion.V311, MqttProtocolVersion.V311)]
    [DataRow(MqttProtocolVersion.V311, MqttProtocolVersion.V500)]
    [DataRow(MqttProtocolVersion.V500, MqttProtocolVersion.V311)]
    public async Task Takeover_OldConnectionEndsAndTheNewOneServes(
        MqttProtocolVersion oldVersion, MqttProtocolVersion takerVersion)
    {
        string clientId = NewClientId();
        string topic = TestBroker.NewTopic("takeover");
        using TestClient old = await ConnectAsync(oldVersion, clientId);
        await old.SubscribeAsync(topic);
        using TestClient taker = await ConnectAsync(takerVersion, clientId);

        await old.WhenDisconnectedAsync();
        await taker.SubscribeAsync(topic);
        await taker.PublishAsync(topic, "mine");

        Assert.AreEqual("mine", (await taker.NextAsync()).ConvertPayloadToString());
    }

    [TestMethod]
    public async Task Takeover_TheWillOfTheOldConnectionGoesOut()
    {
        string clientId = NewClientId();
        string topic = TestBroker.NewTopic("takeover-will");
        using TestClient subscriber = await TestClient.ConnectAsync(MqttProtocolVersion.V500);
        await subscriber.SubscribeAsync(topic);
        using TestClient old = await TestClient.ConnectAsync(
            MqttProtocolVersion.V500,
            options => options.WithClientId(clientId).WithWillTopic(topic).WithWillPayload("gone"));
        using TestClient taker = await ConnectAsync(MqttProtocolVersion.V500, clientId);

        Assert.AreEqual("gone", (await subscriber.NextAsync()).ConvertPayloadToString());
    }

    private static Task<TestClient> ConnectAsync(MqttProtocolVersion version, string clientId)
    {
        return TestClient.ConnectAsync(version, options => options.WithClientId(clientId));
    }

    private static string NewClientId()
    {
        return "taken-" + Guid.NewGuid().ToString("N").Substring(0, 12);
    }
}
