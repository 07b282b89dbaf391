using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>Who gets which message, and what is in it.</summary>
[TestClass]
public sealed class RoutingTests : InteropTest
{
    private const int LargePayloadLength = 200 * 1024;

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Wildcards_MatchingTopicsArrive_OthersDoNot(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        string root = Bench.Root;
        Listener listener = client.Listen(root + "/+/temp", root + "/deep/#", FenceTopic);

        foreach (string topic in new[] { "/a/humidity", "/a/b/temp", "/temp", "/deeper/x" })
        {
            client.Publish(new Message { Topic = root + topic, Text = "no", Qos = 1 });
        }

        foreach (string topic in new[] { "/a/temp", "//temp", "/deep", "/deep/x", "/deep/x/y" })
        {
            client.Publish(new Message { Topic = root + topic, Text = topic });
            Message message = listener.Next();
            Assert.AreEqual(root + topic, message.Topic);
            Assert.AreEqual(topic, message.Text);
        }

        PublishFence(client);
        Assert.IsEmpty(TakeUntilFence(listener));
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Subscribe_HashAlone_GetsNoDollarTopics_MQTT_4_7_2_1(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        Listener system = client.Listen("$SYS/#");
        StringAssert.StartsWith(system.Next().Topic, "$SYS/");

        Listener all = client.Listen("#");
        client.Publish(new Message { Topic = Bench.Root + "/a", Text = "seen", Qos = 1 });
        PublishFence(client);

        string[] topics = TakeUntilFence(all).Select(message => message.Topic).ToArray();
        CollectionAssert.Contains(topics, Bench.Root + "/a");
        string[] dollarTopics = topics.Where(topic => topic.StartsWith('$')).ToArray();
        Assert.IsEmpty(dollarTopics);
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Unsubscribe_NothingMoreArrives_OtherFiltersStay(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        string left = Bench.Root + "/left";
        string kept = Bench.Root + "/kept";

        // The Retained Message shows that the subscription was there before it was ended.
        client.Publish(new Message { Topic = left, Text = "before", Qos = 1, Retain = true });
        Listener listener = client.Listen(
            new ListenOptions { Filters = [left, kept, FenceTopic], Unsubscribe = left });
        Assert.AreEqual("before", listener.Next().Text);

        client.Publish(new Message { Topic = left, Text = "after", Qos = 1 });
        client.Publish(new Message { Topic = kept, Text = "kept", Qos = 1 });
        PublishFence(client);
        Assert.AreEqual("kept", TakeUntilFence(listener).Single().Text);
    }

    // A broker that grants QoS 1 fails here: EdgeBroker keeps no state for a delivery yet and
    // says so in the SUBACK.
    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Publish_AtEachQos_ArrivesAtIt(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        for (int qos = 0; qos <= 2; qos++)
        {
            string topic = $"{Bench.Root}/qos{qos}";
            Listener listener = client.Listen(
                new ListenOptions { Filters = [topic], Qos = qos });
            CollectionAssert.AreEqual(new[] { qos }, listener.Granted);

            client.Publish(new Message { Topic = topic, Text = "done", Qos = qos });
            Message message = listener.Next();
            Assert.AreEqual("done", message.Text);
            Assert.AreEqual(qos, message.Qos);
        }
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Payload_Of200KB_ArrivesUnaltered(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        string topic = Bench.Root + "/large";
        var payload = new byte[LargePayloadLength];
        new Random(1).NextBytes(payload);
        Listener listener = client.Listen(topic);

        client.Publish(new Message { Topic = topic, Payload = payload });
        CollectionAssert.AreEqual(payload, listener.Next().Payload);
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Topic_WithTwoToFourByteCharacters_ArrivesUnaltered(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        string topic = Bench.Root + "/küche/温度/🌡 innen";
        Listener listener = client.Listen(Bench.Root + "/küche/+/🌡 innen");

        client.Publish(new Message { Topic = topic, Text = "21 °C" });
        Message message = listener.Next();
        Assert.AreEqual(topic, message.Topic);
        Assert.AreEqual("21 °C", message.Text);
    }
}
