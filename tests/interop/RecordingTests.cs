using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>A session of all clients is recorded and played again: the same bytes, the same
/// counters.</summary>
[TestClass]
public sealed class RecordingTests : InteropTest
{
    private const int Publishers = 5;
    private const int MessagesEach = 100;

    [TestMethod]
    [Timeout(2 * LimitMs)]
    public void SessionOfAllClients_IsReplayedByteForByte()
    {
        string file = Path.Combine(
            Directory.CreateTempSubdirectory("edgebroker").FullName, "session.rec");
        try
        {
            using (BrokerUnderTest broker = BrokerUnderTest.StartInShell(
                $"exec \"$0\" \"$@\" --record \"{file}\""))
            {
                UseBench(new Bench(broker, NewDeadline(2 * LimitMs)));
                Talk();
                Assert.AreEqual(0, broker.Terminate());
            }

            using SimulatorProcess replay = SimulatorProcess.Start(null, "replay", file, "--print");
            Assert.AreEqual(0, replay.WaitForExit(), replay.Transcript);
            StringAssert.StartsWith(replay.Output[^1], "identical: ");
            TestContext.WriteLine(replay.Output[^1]);
            Assert.IsTrue(replay.Output.Count(line => line.Contains("-> PUBLISH ")) > 1500);
            Assert.AreEqual(0, replay.Errors.Length);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file), true);
        }
    }

    private void Talk()
    {
        ClientLibrary[] libraries =
        [
            .. from name in new[]
            {
                ClientLibrary.Mosquitto, ClientLibrary.Paho, ClientLibrary.MqttJs,
            }
            from version in new[] { ClientLibrary.Mqtt311, ClientLibrary.Mqtt5 }
            select Library(name, version),
        ];
        foreach (ClientLibrary library in libraries)
        {
            library.Flood(Publishers, MessagesEach, new OrderCheck(Publishers, MessagesEach));
        }

        List<Listener> listeners = [.. libraries.Select(one => one.Listen(Bench.Root + "/#"))];
        foreach (ClientLibrary library in libraries)
        {
            var message = new Message
            {
                Topic = Bench.Root + "/news",
                Text = "news",
                Qos = 1,
                Retain = true,
            };
            library.Publish(message);
            listeners.ForEach(listener => Assert.AreEqual("news", listener.Next().Text));
        }
    }
}
