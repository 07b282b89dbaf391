using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>A bridge of mosquitto with its default settings carries messages both ways.</summary>
[TestClass]
public sealed class BridgeTests : InteropTest
{
    private const int Messages = 3;

    [TestMethod]
    [Timeout(LimitMs)]
    [DataRow("mqttv311")]
    [DataRow("mqttv50")]
    public void MosquittoBridge_DefaultSettings_CarriesMessagesBothWays(string protocol)
    {
        using var bridge = new MosquittoBridge(Bench, protocol);
        using var far = new Bench(bridge.Broker, Bench.Deadline);
        ClientLibrary here = Library(ClientLibrary.Mosquitto, ClientLibrary.Mqtt5);
        ClientLibrary there = ClientLibrary.Create(
            ClientLibrary.Mosquitto, ClientLibrary.Mqtt311, far);
        Carry(there, here, Bench.Root + "/out/x");
        Carry(here, there, Bench.Root + "/in/x");
    }

    private static void Carry(ClientLibrary from, ClientLibrary to, string topic)
    {
        Listener listener = to.Listen(topic);
        for (int i = 0; i < Messages; i++)
        {
            from.Publish(new Message { Topic = topic, Text = "number " + i });
            Assert.AreEqual("number " + i, listener.Next().Text);
        }
    }
}
