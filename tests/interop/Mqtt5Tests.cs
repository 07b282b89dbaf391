using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>What only 5.0 has, and how both versions meet.</summary>
[TestClass]
public sealed class Mqtt5Tests : InteropTest
{
    private const int ExpirySeconds = 3600;
    private const int ElapsedSecondsAtMost = 30;

    private string Topic => Bench.Root + "/message";

    private Message Full => new()
    {
        Topic = Topic,
        Text = "{\"°C\": 21}",
        PayloadFormat = 1,
        MessageExpiry = ExpirySeconds,
        ContentType = "application/json",
        ResponseTopic = Bench.Root + "/réponse",
        CorrelationData = Encoding.UTF8.GetBytes("request-17"),
        UserProperties = [["zeta", "1"], ["alpha", "2"], ["zeta", "3"]],
    };

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients(Mqtt5Only = true)]
    public void Publish_AllProperties_ArriveUnaltered_MQTT_3_3_2_17(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        Listener listener = client.Listen(Topic);

        client.Publish(Full);
        Message message = listener.Next();
        Assert.AreEqual(Full.Text, message.Text);
        Assert.AreEqual(Full.PayloadFormat, message.PayloadFormat);
        Assert.AreEqual(Full.ContentType, message.ContentType);
        Assert.AreEqual(Full.ResponseTopic, message.ResponseTopic);
        CollectionAssert.AreEqual(Full.CorrelationData, message.CorrelationData);
        Assert.IsNotNull(message.MessageExpiry);
        Assert.IsInRange(
            ExpirySeconds - ElapsedSecondsAtMost, ExpirySeconds, message.MessageExpiry.Value);

        // MQTT.js keeps user properties by name, on the way out as well as on the way in.
        string inOrder = library == ClientLibrary.MqttJs
            ? "zeta:1 zeta:3 alpha:2" : "zeta:1 alpha:2 zeta:3";
        Assert.AreEqual(inOrder, message.UserPropertyText);
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients(Mqtt5Only = true)]
    public void Publish_WithProperties_311SubscriberGetsPlainPayload(string library, int version)
    {
        ClientLibrary publisher = Library(library, version);
        Listener listener = Library(library, ClientLibrary.Mqtt311).Listen(Topic);

        publisher.Publish(Full);
        Message message = listener.Next();
        Assert.AreEqual(Full.Text, message.Text);
        Assert.AreEqual(Topic, message.Topic);
        Assert.IsNull(message.ContentType);
        Assert.AreEqual("", message.UserPropertyText);
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients(Mqtt5Only = true)]
    public void Connect_EmptyClientId_OneIsAssigned_MQTT_3_2_2_16(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        Listener one = client.Listen(Topic);
        Listener two = client.Listen(Topic);
        Assert.IsFalse(string.IsNullOrEmpty(one.AssignedClientId));
        Assert.IsFalse(string.IsNullOrEmpty(two.AssignedClientId));
        Assert.AreNotEqual(one.AssignedClientId, two.AssignedClientId);
    }

    // A mosquitto client either publishes or subscribes, so it has nothing local.
    [TestMethod]
    [Timeout(LimitMs)]
    [Clients(Mqtt5Only = true, DriversOnly = true)]
    public void NoLocal_OwnMessagesDoNotComeBack_OthersDo_MQTT_3_8_3_3(
        string library, int version)
    {
        var client = (DriverLibrary)Library(library, version);
        DriverListener listener = client.Connect();
        listener.Subscribe(new SubscribeCommand { Filter = Topic, NoLocal = true });
        listener.Subscribe(new SubscribeCommand { Filter = FenceTopic });

        listener.Publish(new Message { Topic = Topic, Text = "own", Qos = 1 });
        client.Publish(new Message { Topic = Topic, Text = "foreign", Qos = 1 });
        listener.Publish(new Message { Topic = FenceTopic, Qos = 1 });
        string[] texts = TakeUntilFence(listener).Select(message => message.Text).ToArray();
        CollectionAssert.AreEqual(new[] { "foreign" }, texts);
    }
}
