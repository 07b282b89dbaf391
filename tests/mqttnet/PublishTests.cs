using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeBroker.Tests.MqttNet;

[TestClass]
public sealed class PublishTests
{
    [TestMethod]
    [DataRow(MqttProtocolVersion.V311, MqttProtocolVersion.V311)]
    [DataRow(MqttProtocolVersion.V311, MqttProtocolVersion.V500)]
    [DataRow(MqttProtocolVersion.V500, MqttProtocolVersion.V311)]
    [DataRow(MqttProtocolVersion.V500, MqttProtocolVersion.V500)]
    public async Task Publish_ReachesTheMatchingWildcardsOnly(
        MqttProtocolVersion publisherVersion, MqttProtocolVersion subscriberVersion)
    {
        string root = TestBroker.NewTopic("wildcard");
        using TestClient oneLevel = await TestClient.ConnectAsync(subscriberVersion);
        using TestClient manyLevels = await TestClient.ConnectAsync(subscriberVersion);
        using TestClient publisher = await TestClient.ConnectAsync(publisherVersion);
        await oneLevel.SubscribeAsync(root + "/+/temperature");
        await manyLevels.SubscribeAsync(root + "/#");

        await publisher.PublishAsync(root, "parent");
        await publisher.PublishAsync(root + "/attic/humidity", "40");
        await publisher.PublishAsync(root + "/attic/temperature/max", "30");
        await publisher.PublishAsync(root + "/attic/temperature", "21");
        await publisher.PublishAsync(root + "//temperature", "empty level");

        await ExpectAsync(oneLevel, root + "/attic/temperature", "21");
        await ExpectAsync(oneLevel, root + "//temperature", "empty level");
        await ExpectAsync(manyLevels, root, "parent");
        await ExpectAsync(manyLevels, root + "/attic/humidity", "40");
        await ExpectAsync(manyLevels, root + "/attic/temperature/max", "30");
        await ExpectAsync(manyLevels, root + "/attic/temperature", "21");
        await ExpectAsync(manyLevels, root + "//temperature", "empty level");
    }

    [TestMethod]
    public async Task Publish_Properties_ArriveUnalteredAndInOrder_MQTT_3_3_2_17()
    {
        string topic = TestBroker.NewTopic("properties");
        using TestClient subscriber = await TestClient.ConnectAsync(MqttProtocolVersion.V500);
        using TestClient publisher = await TestClient.ConnectAsync(MqttProtocolVersion.V500);
        await subscriber.SubscribeAsync(topic);
        (string Name, string Value)[] properties =
        [
            ("b", "second name first"), ("a", "1"), ("b", "again"), ("a", string.Empty),
            (string.Empty, "empty name"), ("größe", "日本 \U0001F321"), ("a", "1"),
        ];
        byte[] correlation = [0x00, 0xFF, 0x80, 0x11, 0x00];
        MqttApplicationMessageBuilder message = new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload("21.5").WithContentType("text/plain; charset=utf-8")
            .WithResponseTopic(topic + "/reply").WithCorrelationData(correlation)
            .WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData);
        foreach ((string name, string value) in properties)
        {
            message.WithUserProperty(name, Encoding.UTF8.GetBytes(value).AsMemory());
        }

        await publisher.PublishAsync(message);
        MqttApplicationMessage received = await subscriber.NextAsync();

        Assert.AreEqual("21.5", received.ConvertPayloadToString());
        Assert.AreEqual("text/plain; charset=utf-8", received.ContentType);
        Assert.AreEqual(topic + "/reply", received.ResponseTopic);
        CollectionAssert.AreEqual(correlation, received.CorrelationData);
        Assert.AreEqual(
            MqttPayloadFormatIndicator.CharacterData, received.PayloadFormatIndicator);
        var names = new List<(string, string)>();
        foreach (MqttUserProperty property in received.UserProperties)
        {
            names.Add((property.Name, property.ReadValueAsString()));
        }

        CollectionAssert.AreEqual(properties, names);
    }

    [TestMethod]
    public async Task Publish_WithProperties_Reaches311WithoutThem()
    {
        string topic = TestBroker.NewTopic("stripped");
        using TestClient subscriber = await TestClient.ConnectAsync(MqttProtocolVersion.V311);
        using TestClient publisher = await TestClient.ConnectAsync(MqttProtocolVersion.V500);
        await subscriber.SubscribeAsync(topic);

        await publisher.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload("payload only").WithContentType("text/plain")
            .WithUserProperty("key", "value"u8.ToArray().AsMemory()));

        await ExpectAsync(subscriber, topic, "payload only");
    }

    [TestMethod]
    [DataRow(MqttProtocolVersion.V311)]
    [DataRow(MqttProtocolVersion.V500)]
    public async Task Publish_QoS1_GetsPubAckAndArrivesAtTheGrantedQoS0(MqttProtocolVersion version)
    {
        string topic = TestBroker.NewTopic("qos1");
        using TestClient subscriber = await TestClient.ConnectAsync(version);
        using TestClient publisher = await TestClient.ConnectAsync(version);

        MqttClientSubscribeResultCode granted = await subscriber.SubscribeAsync(
            new MqttTopicFilterBuilder().WithTopic(topic).WithAtLeastOnceQoS());
        MqttClientPublishResult pubAck = await publisher.PublishAsync(
            new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload("acknowledged")
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce));

        Assert.AreEqual(MqttClientSubscribeResultCode.GrantedQoS0, granted);
        Assert.AreEqual(MqttClientPublishReasonCode.Success, pubAck.ReasonCode);
        MqttApplicationMessage received = await subscriber.NextAsync();
        Assert.AreEqual("acknowledged", received.ConvertPayloadToString());
        Assert.AreEqual(MqttQualityOfServiceLevel.AtMostOnce, received.QualityOfServiceLevel);
    }

    private static async Task ExpectAsync(TestClient client, string topic, string payload)
    {
        MqttApplicationMessage message = await client.NextAsync();
        Assert.AreEqual(topic, message.Topic);
        Assert.AreEqual(payload, message.ConvertPayloadToString());
        Assert.IsFalse(message.Retain);
    }
}
