using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>The samples for others to begin with run as they are.</summary>
[TestClass]
public sealed class SampleTests : InteropTest
{
    private const string Online = "/online";
    private const string Temperature = "/temperature";

    [TestMethod]
    [Timeout(LimitMs)]
    public void PythonSensor_PublishesTakesAnIntervalAndSaysGoodbye()
    {
        const int Values = 3;
        ClientLibrary client = Library(ClientLibrary.Paho, ClientLibrary.Mqtt5);
        Listener listener = client.Listen(Base + Online, Base + Temperature);
        LineProcess sensor = StartSensor("--interval", "3600", "--count", Values.ToString());
        List<Message> first = [listener.Next(), listener.Next()];
        Assert.AreEqual("1", first.Single(message => message.Topic == Base + Online).Text);
        List<Message> values = [first.Single(message => message.Topic == Base + Temperature)];

        // It would take an hour for the next one.
        client.Publish(new Message { Topic = Base + "/interval", Text = "0.1" });
        while (values.Count < Values)
        {
            values.Add(listener.Next());
        }

        Assert.IsTrue(values.All(value => double.Parse(value.Text) is > 15 and < 27));
        Assert.AreEqual("0", listener.Next().Text);
        Assert.AreEqual(0, sensor.WaitForExit(Bench.Deadline.Left));
    }

    [TestMethod]
    [Timeout(LimitMs)]
    public void PythonSensor_ThatIsKilled_IsOffline()
    {
        Listener listener = Library(ClientLibrary.Paho, ClientLibrary.Mqtt311)
            .Listen(Base + Online);
        LineProcess sensor = StartSensor();
        Assert.AreEqual("1", listener.Next().Text);
        sensor.Kill();
        Assert.AreEqual("0", listener.Next().Text);
    }

    private string Base => "sensors/" + Bench.Root;

    private LineProcess StartSensor(params string[] options)
    {
        string[] sample = InstalledTools.PythonSample("sensor.py");
        return Bench.Start(
            sample[0],
            [sample[1], "--host", Bench.Broker.Host, "--port", Bench.Broker.Port.ToString(),
                "--name", Bench.Root, .. options],
            _ => { });
    }
}
