using System.Globalization;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MQTTnet;
using MQTTnet.Formatter;

namespace EdgeBroker.Tests.MqttNet;

/// <summary>The sample with MQTTnet runs as it is.</summary>
[TestClass]
public sealed class SampleTests
{
    private const string Base = "sensors/kitchen";

    [TestMethod]
    public async Task Sensor_PublishesTakesAnIntervalAndSaysGoodbye()
    {
        const int Values = 3;
        using TestClient listener = await TestClient.ConnectAsync(MqttProtocolVersion.V500);
        await listener.SubscribeAsync(Base + "/online");
        await listener.SubscribeAsync(Base + "/temperature");
        Task sensor = Samples.MqttNet.Program.Main(
        [
            TestBroker.Host,
            TestBroker.Port.ToString(CultureInfo.InvariantCulture),
            Values.ToString(CultureInfo.InvariantCulture),
        ]);
        MqttApplicationMessage online = await listener.NextAsync();
        Assert.AreEqual("1", online.ConvertPayloadToString());
        for (int i = 0; i < Values; i++)
        {
            MqttApplicationMessage value = await listener.NextAsync();
            Assert.AreEqual(Base + "/temperature", value.Topic);
            await listener.PublishAsync(Base + "/interval", "0.1");
        }

        Assert.AreEqual("0", (await listener.NextAsync()).ConvertPayloadToString());
        await sensor.WaitAsync(TestBroker.Patience);
    }
}
