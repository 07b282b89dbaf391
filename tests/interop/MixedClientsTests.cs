using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>Each client is heard by all of them, in both versions at once.</summary>
[TestClass]
public sealed class MixedClientsTests : InteropTest
{
    private const int Messages = 3;

    // [MQTT-4.2.0-1]
    // 3.1.1 [MQTT-7.0.0-2] [MQTT-7.1.1-1]
    [TestMethod]
    [Timeout(LimitMs)]
    [Clients]
    public void Publish_OneClient_IsHeardByAllClientsOfBothVersions(string library, int version)
    {
        string topic = Bench.Root + "/news";
        ClientLibrary publisher = Library(library, version);
        List<Listener> listeners = (
            from name in new[]
            {
                ClientLibrary.Mosquitto, ClientLibrary.Paho, ClientLibrary.MqttJs,
            }
            from spoken in new[] { ClientLibrary.Mqtt311, ClientLibrary.Mqtt5 }
            select Library(name, spoken).Listen(Bench.Root + "/#")).ToList();

        for (int number = 0; number < Messages; number++)
        {
            publisher.Publish(new Message { Topic = topic, Text = $"news {number}", Qos = 1 });
        }

        foreach (Listener listener in listeners)
        {
            for (int number = 0; number < Messages; number++)
            {
                Message message = listener.Next();
                Assert.AreEqual(topic, message.Topic);
                Assert.AreEqual($"news {number}", message.Text);
            }
        }
    }
}
