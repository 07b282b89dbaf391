using System;
using System.Linq;
using System.Net;
using System.Threading;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Simulator.View;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>Samples of a real broker with real clients say what these do.</summary>
[TestClass]
public sealed class SamplerTests
{
    private const int QueuedMessages = 20;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private Network _network;
    private TcpHost _host;
    private ViewSession _session;
    private Thread _thread;
    private int _port;

    [TestInitialize]
    public void Start()
    {
        BrokerLimits limits =
            new DesktopLimits { MaxQueuedMessages = QueuedMessages }.ToBrokerLimits();
        var broker = new MqttBroker(limits, new BrokerSettings { SlowGraceMs = 0 },
            new OpenAuthenticator(true), null, TcpHost.NowMs());
        _network = Networks.Create(null);
        _session = new ViewSession(broker, limits, _network);
        _host = new TcpHost(broker, limits, _session.Network);
        _session.Sampler.Attach(_host);
        _port = _host.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port;
        _thread = new Thread(_host.Run);
        _thread.Start();
    }

    [TestCleanup]
    public void Stop()
    {
        _host.Stop();
        _thread.Join();
        _host.Dispose();
        _session.Dispose();
        _network.Dispose();
    }

    [TestMethod]
    public void ClientsAndTopics_AreShownWithWhatTheyDo()
    {
        using RawClient reader = RawClient.Connected(_port, 5, "reader");
        using RawClient writer = RawClient.Connected(_port, 4, "writer");
        reader.Subscribe(5, "#");
        for (int i = 0; i < 3; i++)
        {
            writer.Publish(4, "house/kitchen", "21." + i);
            reader.ReadPacket();
        }

        Sample sample = WaitFor(s => s.Topics.Any(t => t.Messages == 3)
            && s.Clients.Any(c => c.OutRate > 0));
        TopicRow topic = sample.Topics.Single();
        Assert.AreEqual("house/kitchen", topic.Name);
        Assert.AreEqual("21.2", sample.ValueOf(topic));
        ClientRow from = sample.Clients.Single(c => c.Id == "writer");
        ClientRow to = sample.Clients.Single(c => c.Id == "reader");
        Assert.AreEqual(writer.Address, from.Address);
        Assert.AreEqual((4, 5), (from.Version, to.Version));
        Assert.IsTrue(from.InRate > 0 && from.OutRate == 0);
        Assert.IsTrue(to.InRate == 0 && to.OutRate > 0);
        Assert.AreEqual(2, sample.Gauges.Single(g => g.Name == "clients").Value);
        Assert.AreEqual(1, sample.Gauges.Single(g => g.Name == "subscriptions").Value);

        writer.Dispose();
        Assert.AreEqual("reader", WaitFor(s => s.Clients.Count == 1).Clients[0].Id);
    }

    [TestMethod]
    public void ClientThatDoesNotRead_HasAFullQueueAndTheLoss()
    {
        using var slow = new RawClient(_port, 4096);
        slow.Connect(4, "slow");
        slow.Subscribe(4, "#");
        using RawClient writer = RawClient.Connected(_port, 4, "writer");
        byte[] publish = [0x30, 0x83, 0x40, 0, 1, (byte)'t', .. new byte[8192]];
        for (int i = 0; i < 2000; i++)
        {
            writer.Send(publish);
        }

        // What is asked for comes back when everything before it was handled.
        writer.Send([0xC0, 0]);
        Assert.AreEqual(0xD0, writer.ReadPacket()[0]);
        Sample sample = WaitFor(s => s.Clients.Any(c => c.Lost > 0));
        ClientRow row = sample.Clients.Single(c => c.Id == "slow");
        Assert.IsTrue(row.IsFull);
        Assert.AreEqual(QueuedMessages, row.Waiting);
        Assert.AreEqual(sample.Figures.Counters[Counter.PublishDropped], row.Lost);
        Assert.IsFalse(row.IsLostShared);
        Assert.AreEqual(QueuedMessages,
            sample.Gauges.Single(g => g.Name == "longest queue").Value);
        Assert.AreEqual(0, sample.Clients.Single(c => c.Id == "writer").Lost);
    }

    /// <summary>Takes samples, which the host's loop fills, until one is as it should be.</summary>
    private Sample WaitFor(Func<Sample, bool> isRight)
    {
        long end = Environment.TickCount64 + (long)_patience.TotalMilliseconds;
        while (true)
        {
            Sample sample = _session.Sampler.Take((int)_patience.TotalMilliseconds);
            Assert.IsNotNull(sample);
            if (isRight(sample))
            {
                return sample;
            }

            Assert.IsLessThan(end, Environment.TickCount64);
            _session.Sampler.GiveBack(sample);
        }
    }
}
