using System;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MQTTnet;
using MQTTnet.Formatter;

namespace EdgeBroker.Tests.MqttNet;

[TestClass]
public sealed class WillTests
{
    [TestMethod]
    [DataRow(MqttProtocolVersion.V311)]
    [DataRow(MqttProtocolVersion.V500)]
    public async Task Will_ConnectionTornDown_IsPublished_MQTT_3_1_2_8(MqttProtocolVersion version)
    {
        string topic = TestBroker.NewTopic("will");
        using TestClient subscriber = await TestClient.ConnectAsync(version);
        await subscriber.SubscribeAsync(topic);
        TestClient mortal = await ConnectWithWillAsync(version, topic);

        mortal.Dispose();
        MqttApplicationMessage will = await subscriber.NextAsync();

        Assert.AreEqual(topic, will.Topic);
        Assert.AreEqual("gone", will.ConvertPayloadToString());
        Assert.IsFalse(will.Retain);
    }

    [TestMethod]
    [DataRow(MqttProtocolVersion.V311)]
    [DataRow(MqttProtocolVersion.V500)]
    public async Task Will_AfterDisconnect_IsNotPublished_MQTT_3_14_4_3(MqttProtocolVersion version)
    {
        string topic = TestBroker.NewTopic("no-will");
        using TestClient subscriber = await TestClient.ConnectAsync(version);
        await subscriber.SubscribeAsync(topic);
        using TestClient polite = await ConnectWithWillAsync(version, topic);

        await polite.DisconnectAsync();

        // The broker reads the two connections in an order of its own, so it gets a moment.
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await subscriber.PublishAsync(topic, "marker");
        MqttApplicationMessage firstHeard = await subscriber.NextAsync();
        Assert.AreEqual("marker", firstHeard.ConvertPayloadToString());
    }

    [TestMethod]
    public async Task Will_Properties_ArriveUnaltered()
    {
        string topic = TestBroker.NewTopic("will-properties");
        using TestClient subscriber = await TestClient.ConnectAsync(MqttProtocolVersion.V500);
        await subscriber.SubscribeAsync(topic);
        TestClient mortal = await TestClient.ConnectAsync(
            MqttProtocolVersion.V500,
            options => options.WithWillTopic(topic).WithWillPayload("gone")
                .WithWillContentType("text/plain").WithWillCorrelationData([1, 2, 3])
                .WithWillUserProperty("room", "attic"u8.ToArray().AsMemory()));

        mortal.Dispose();
        MqttApplicationMessage will = await subscriber.NextAsync();

        Assert.AreEqual("text/plain", will.ContentType);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, will.CorrelationData);
        Assert.HasCount(1, will.UserProperties);
        Assert.AreEqual("room", will.UserProperties[0].Name);
    }

    private static Task<TestClient> ConnectWithWillAsync(MqttProtocolVersion version, string topic)
    {
        return TestClient.ConnectAsync(
            version, options => options.WithWillTopic(topic).WithWillPayload("gone"));
    }
}
