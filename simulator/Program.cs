using System;
using System.Net;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator;

public static class Program
{
    public static int Main(string[] args)
    {
        var limits = new BrokerLimits { MaxConnections = 20000, MaxClientIdLength=256, MaxConnectRate = 0, MaxConnectSize = 65536, MaxPacketSize = 1<<20, ReceiveSize = 65536,
          MaxSubscriptions = 200000, MaxSubscriptionsPerClient = 100000, MaxSubscriptionLevels = 500000, MaxTopicLength = 1024, MaxTopicLevels = 64, MaxQueuedMessages = 100000, MaxQueuedBytes = 16<<20,
          MaxQueueEntries = 1000000, MaxQueuedResponses = 1000, MaxRetainedMessages = 100000, MaxRetainedBytes = 64<<20, MaxRetainedLevels = 300000, MessageBlockSize = 256, MessageBlocks = 500000, TextBlockSize = 16, TextBlocks = 1000000,
          RouteEntries = 65536, RouteTopicLength = 128, RouteResults = 500000 };
        var settings = new BrokerSettings { HashSeed = Random.Shared.Next() };
        var broker = new MqttBroker(limits, settings, new Authenticator(true), null, TcpHost.NowMs());
        using var host = new TcpHost(broker, limits);
        var ep = host.Listen(new IPEndPoint(IPAddress.Loopback, int.Parse(args[2])));
        Console.WriteLine("listening on " + ep);
        Console.CancelKeyPress += (s, e) => { e.Cancel = true; host.Stop(); };
        host.Run();
        return 0;
    }
}
