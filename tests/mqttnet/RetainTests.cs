using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MQTTnet;
using MQTTnet.Formatter;

namespace EdgeBroker.Tests.MqttNet;

[TestClass]
public sealed class RetainTests
{
    [TestMethod]
    [DataRow(MqttProtocolVersion.V311)]
    [DataRow(MqttProtocolVersion.V500)]
    public async Task Retained_IsForwardedPlainAndReplayedWithTheFlag_MQTT_3_3_1_8(
        MqttProtocolVersion version)
    {
        string topic = TestBroker.NewTopic("retained");
        using TestClient early = await TestClient.ConnectAsync(version);
        using TestClient late = await TestClient.ConnectAsync(version);
        using TestClient publisher = await TestClient.ConnectAsync(version);
        await early.SubscribeAsync(topic);

        await publisher.PublishAsync(topic, "old", retain: true);
        await publisher.PublishAsync(topic, "new", retain: true);
        MqttApplicationMessage first = await early.NextAsync();
        MqttApplicationMessage second = await early.NextAsync();
        await late.SubscribeAsync(topic);
        MqttApplicationMessage replayed = await late.NextAsync();

        Assert.AreEqual("old", first.ConvertPayloadToString());
        Assert.AreEqual("new", second.ConvertPayloadToString());
        Assert.IsFalse(second.Retain, "forwarded to an existing subscription");
        Assert.AreEqual("new", replayed.ConvertPayloadToString());
        Assert.AreEqual(topic, replayed.Topic);
        Assert.IsTrue(replayed.Retain, "replayed to a new subscription");
        await DeleteAsync(publisher, topic);
    }

    [TestMethod]
    [DataRow(MqttProtocolVersion.V311)]
    [DataRow(MqttProtocolVersion.V500)]
    public async Task Retained_EmptyPayload_Deletes_MQTT_3_3_1_6(MqttProtocolVersion version)
    {
        string topic = TestBroker.NewTopic("deleted");
        using TestClient publisher = await TestClient.ConnectAsync(version);
        using TestClient watcher = await TestClient.ConnectAsync(version);
        using TestClient late = await TestClient.ConnectAsync(version);
        await watcher.SubscribeAsync(topic);

        await publisher.PublishAsync(topic, "kept", retain: true);
        await DeleteAsync(publisher, topic);
        await watcher.NextAsync();
        MqttApplicationMessage deletion = await watcher.NextAsync();
        await late.SubscribeAsync(topic);
        await publisher.PublishAsync(topic, "live");
        MqttApplicationMessage firstHeard = await late.NextAsync();

        Assert.AreEqual(0, deletion.Payload.Length);
        Assert.AreEqual("live", firstHeard.ConvertPayloadToString());
        Assert.IsFalse(firstHeard.Retain);
    }

    [TestMethod]
    public async Task Retained_RetainAsPublished_KeepsTheFlag_MQTT_3_3_1_13()
    {
        string topic = TestBroker.NewTopic("as-published");
        using TestClient subscriber = await TestClient.ConnectAsync(MqttProtocolVersion.V500);
        using TestClient publisher = await TestClient.ConnectAsync(MqttProtocolVersion.V311);
        await subscriber.SubscribeAsync(
            new MqttTopicFilterBuilder().WithTopic(topic).WithRetainAsPublished());

        await publisher.PublishAsync(topic, "flagged", retain: true);
        await publisher.PublishAsync(topic, "plain");

        Assert.IsTrue((await subscriber.NextAsync()).Retain);
        Assert.IsFalse((await subscriber.NextAsync()).Retain);
        await DeleteAsync(publisher, topic);
    }

    private static Task DeleteAsync(TestClient publisher, string topic)
    {
        return publisher.PublishAsync(topic, string.Empty, retain: true);
    }
}
