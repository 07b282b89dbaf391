using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MQTTnet;
using MQTTnet.Formatter;

namespace EdgeBroker.Tests.MqttNet;

[TestClass]
public sealed class ManyClientsTests
{
    private const int Clients = 100;
    private const int MessagesEach = 10;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    // Every second client speaks 3.1.1, so both encodings are fanned out from each publisher.
    [TestMethod]
    public async Task HundredClients_EachPublishing_AllReceiveAllInOneOrder()
    {
        var clients = new List<TestClient>();
        try
        {
            for (int i = 0; i < Clients; i++)
            {
                clients.Add(await TestClient.ConnectAsync(
                    i % 2 == 0 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311));
                await clients[i].SubscribeAsync("all/#");
            }

            var work = new List<Task>();
            var heard = new Task<List<string>>[Clients];
            for (int i = 0; i < Clients; i++)
            {
                heard[i] = ReceiveAsync(clients[i]);
                work.Add(PublishAsync(clients[i], i));
            }

            work.AddRange(heard);
            await Task.WhenAll(work);
            DemandOrderPerPublisher(heard[0].Result);
            for (int i = 1; i < Clients; i++)
            {
                CollectionAssert.AreEqual(
                    heard[0].Result, heard[i].Result, "client " + i + " saw another order");
            }
        }
        finally
        {
            foreach (TestClient client in clients)
            {
                client.Dispose();
            }
        }
    }

    private static async Task PublishAsync(TestClient client, int number)
    {
        string topic = "all/" + number.ToString(CultureInfo.InvariantCulture);
        for (int i = 0; i < MessagesEach; i++)
        {
            await client.PublishAsync(topic, i.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task<List<string>> ReceiveAsync(TestClient client)
    {
        var lines = new List<string>();
        while (lines.Count < Clients * MessagesEach)
        {
            MqttApplicationMessage message;
            try
            {
                message = await client.NextAsync(_patience);
            }
            catch (TimeoutException)
            {
                throw new AssertFailedException(
                    "Only " + lines.Count + " of " + (Clients * MessagesEach) + " messages came.");
            }

            lines.Add(message.Topic + " " + message.ConvertPayloadToString());
        }

        return lines;
    }

    private static void DemandOrderPerPublisher(List<string> lines)
    {
        var next = new Dictionary<string, int>();
        foreach (string line in lines)
        {
            string[] parts = line.Split(' ');
            next.TryGetValue(parts[0], out int expected);
            Assert.AreEqual(expected.ToString(CultureInfo.InvariantCulture), parts[1], line);
            next[parts[0]] = expected + 1;
        }

        Assert.HasCount(Clients, next);
    }
}
