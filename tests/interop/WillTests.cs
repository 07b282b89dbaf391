using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>Will Messages, and the takeover of a Client Identifier, which sends one.</summary>
[TestClass]
public sealed class WillTests : InteropTest
{
    private const int SessionTakenOver = 0x8E;

    private Message Will => new() { Topic = Bench.Root + "/will", Text = "gone" };

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Will_ClientKilled_IsPublished_MQTT_3_1_2_8(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        Listener watcher = client.Listen(Will.Topic);
        Listener victim = client.Listen(
            new ListenOptions { Filters = [Bench.Root + "/x"], Will = Will });

        victim.Kill();
        Message message = watcher.Next();
        Assert.AreEqual(Will.Topic, message.Topic);
        Assert.AreEqual(Will.Text, message.Text);
        Assert.IsFalse(message.Retain);
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Will_CleanDisconnect_IsNotPublished_MQTT_3_1_2_10(string library, int version)
    {
        ClientLibrary client = Library(library, version);
        string topic = Bench.Root + "/message";
        Listener watcher = client.Listen(Will.Topic, topic, FenceTopic);

        client.Publish(new Message { Topic = topic, Text = "last", Qos = 1 }, Will);
        Assert.AreEqual("last", watcher.Next().Text);

        // Two fences: the connection's end lies before the second one for any broker that
        // serves all its sockets in turn.
        PublishFence(client);
        Assert.IsEmpty(TakeUntilFence(watcher));
        PublishFence(client);
        Assert.IsEmpty(TakeUntilFence(watcher));
    }

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Takeover_FirstIsClosedAndItsWillGoesOut_SecondIsServed(
        string library, int version)
    {
        ClientLibrary client = Library(library, version);
        string topic = Bench.Root + "/message";
        Listener watcher = client.Listen(Will.Topic);
        var options = new ListenOptions { ClientId = Bench.Root, Filters = [topic], Will = Will };
        Listener first = client.Listen(options);

        first.Freeze();
        Listener second = client.Listen(options with { Will = null });
        Assert.AreEqual(Will.Text, watcher.Next().Text);
        client.Publish(new Message { Topic = topic, Text = "for the second" });
        Assert.AreEqual("for the second", second.Next().Text);

        first.Thaw();
        int? reason = first.WaitClosed();
        Assert.AreEqual(version == ClientLibrary.Mqtt5 ? SessionTakenOver : null, reason);
    }
}
