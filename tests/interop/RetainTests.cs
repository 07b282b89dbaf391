using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>Retained Messages, their flag, their deletion and the 5.0 options for them.</summary>
[TestClass]
public sealed class RetainTests : InteropTest
{
    private string Topic => Bench.Root + "/state";

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Retained_FlagIsSetOnReplay_AndClearOnLiveMessages(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        PublishRetained(client, "old");
        PublishRetained(client, "first");
        Listener listener = client.Listen(Topic);
        Message replayed = listener.Next();
        Assert.AreEqual("first", replayed.Text);
        Assert.IsTrue(replayed.Retain, "the flag of the replayed message");

        PublishRetained(client, "second");
        Message live = listener.Next();
        Assert.AreEqual("second", live.Text);
        Assert.IsFalse(live.Retain, "the flag of the live message");
        Delete(client);
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Retained_EmptyPayload_DeletesIt(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        PublishRetained(client, "gone");
        Listener before = client.Listen(Topic);
        Assert.AreEqual("gone", before.Next().Text);

        Delete(client);
        Assert.IsEmpty(before.Next().Payload, "the deletion is a live message too");
        Listener after = client.Listen(Topic, FenceTopic);
        PublishFence(client);
        Assert.IsEmpty(TakeUntilFence(after));
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients(Mqtt5Only = true)]
    public void RetainAsPublished_LiveMessagesKeepTheirFlag_MQTT_3_3_1_13(
        string library, int version)
    {
        ClientLibrary client = Library(library, version);
        Listener listener = client.Listen(
            new ListenOptions { Filters = [Topic], RetainAsPublished = true });

        PublishRetained(client, "retained");
        Assert.IsTrue(listener.Next().Retain, "published with the flag");
        client.Publish(new Message { Topic = Topic, Text = "plain", Qos = 1 });
        Assert.IsFalse(listener.Next().Retain, "published without the flag");
        Delete(client);
    }

    // [MQTT-3.3.1-9] [MQTT-3.3.1-10] [MQTT-3.3.1-11]
    // The mosquitto_sub of Debian 12 has no option for Retain Handling.
    [TestMethod]
    [Timeout(LimitMs)]
    [Clients(Mqtt5Only = true, DriversOnly = true)]
    public void RetainHandling_Always_NewOnly_Never(
        string library, int version)
    {
        var client = (DriverLibrary)Library(library, version);
        PublishRetained(client, "retained");
        DriverListener listener = client.Connect();
        listener.Subscribe(new SubscribeCommand { Filter = FenceTopic });

        Assert.AreEqual(0, CountReplays(client, listener, retainHandling: 2), "never, new");
        Assert.AreEqual(0, CountReplays(client, listener, retainHandling: 1), "new only, known");
        Assert.AreEqual(1, CountReplays(client, listener, retainHandling: 0), "always, known");

        DriverListener another = client.Connect();
        another.Subscribe(new SubscribeCommand { Filter = FenceTopic });
        Assert.AreEqual(1, CountReplays(client, another, retainHandling: 1), "new only, new");
        Delete(client);
    }

    private int CountReplays(ClientLibrary client, DriverListener listener, int retainHandling)
    {
        listener.Subscribe(new SubscribeCommand
        {
            Filter = Topic,
            RetainHandling = retainHandling,
        });
        PublishFence(client);
        return TakeUntilFence(listener).Count(message => message.Retain);
    }

    private void PublishRetained(ClientLibrary client, string text)
    {
        client.Publish(new Message { Topic = Topic, Text = text, Qos = 1, Retain = true });
    }

    private void Delete(ClientLibrary client)
    {
        client.Publish(new Message { Topic = Topic, Qos = 1, Retain = true });
    }
}
