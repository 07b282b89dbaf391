using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Topics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// Random clients of both versions against a broker with room enough: every byte that each client
/// gets is foretold by a model of a page.
/// </summary>
[TestClass]
public sealed class BrokerModelTests
{
    private readonly List<ModelClient> _clients = [];
    private readonly SortedDictionary<string, string> _retained = new(StringComparer.Ordinal);
    private readonly BrokerBench _bench = new();
    private Random _random;
    private int _connects;

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    [DataRow(7)]
    [DataRow(8)]
    public void EveryByteIsForetold(int seed)
    {
        TestContext.WriteLine($"seed {seed}");
        _random = new Random(seed);
        _bench.OutputSize = 400_000;
        _bench.Limits.MaxConnections = 8;
        _bench.Limits.MaxQueuedMessages = 4000;
        _bench.Limits.MaxQueuedBytes = 1_000_000;
        _bench.Limits.MaxQueueEntries = 30_000;
        _bench.Limits.MaxQueuedResponses = 60;
        _bench.Limits.MaxSubscriptions = 500;
        _bench.Limits.MaxSubscriptionsPerClient = 100;
        _bench.Limits.MaxFilterShapes = 255;
        _bench.Limits.MaxRetainedMessages = 400;
        _bench.Limits.MaxRetainedBytes = 100_000;
        _bench.Limits.TextBlocks = 9000;
        _bench.Limits.MessageBlocks = 4000;
        _bench.Limits.RouteResults = 8 + _random.Next(20);
        _bench.Start();
        for (int step = 0; step < 3000; step++)
        {
            Step();
        }

        _clients.ForEach(Drain);
        while (_clients.Count > 0)
        {
            Leave(_clients[0]);
        }

        foreach (string name in _retained.Keys)
        {
            int slot = _bench.Connect(4, "cleaner");
            _bench.Send(slot, $"31 [ `{name}` ]");
            _bench.Close(slot);
        }

        _bench.Finish();
    }

    private void Step()
    {
        if (_clients.Count < 2 || (_clients.Count < 7 && _random.Next(30) == 0))
        {
            int version = _random.Next(4, 6);
            int slot = _bench.Connect(version, $"c{_connects++}");
            _clients.Add(new ModelClient(slot, version));
            return;
        }

        ModelClient client = _clients[_random.Next(_clients.Count)];
        switch (_random.Next(20))
        {
            case 0 when _random.Next(3) == 0:
                Leave(client);
                break;
            case < 4:
                Subscribe(client);
                break;
            case < 6:
                Unsubscribe(client);
                break;
            case < 7:
                _bench.Send(client.Slot, "c0 00");
                client.Expect("d0 00");
                break;
            case < 11:
                Drain(client);
                break;
            default:
                Publish(client);
                break;
        }

        _clients.Where(other => other.Expected.Count > 25).ToList().ForEach(Drain);
    }

    private void Publish(ModelClient client)
    {
        string name = Text.Of(RandomTopics.Name(new Lcg(_random.Next())));
        int qos = _random.Next(4) == 0 ? 1 : 0;
        bool isRetained = _random.Next(4) == 0;
        string payload = _random.Next(6) == 0 ? "" : $"*{_random.Next(200)}";
        payload = payload == "*0" ? "" : payload;
        bool isV5 = client.NoProperties.Length > 0;
        string properties = isV5 && _random.Next(2) == 0 ? "[ 26 `k` `v` 01 01 ] " : "[ ] ";
        string id = qos == 1 ? "00 09 " : "";
        _bench.Send(client.Slot, $"{Wire.Hex(0x30 | (qos << 1) | (isRetained ? 1 : 0))} "
            + $"[ `{name}` {id}{(isV5 ? properties : "")}{payload} ]");
        if (isRetained && payload.Length > 0)
        {
            _retained[name] = properties + payload;
        }
        else if (isRetained)
        {
            _retained.Remove(name);
        }

        int reached = 0;
        foreach (ModelClient other in _clients)
        {
            int[] options =
                [.. other.Filters.Where(f => Matches(f.Key, name)).Select(f => f.Value)];
            if (options.Length == 0)
            {
                continue;
            }

            reached++;
            if (other == client && options.All(o => (o & SubscriptionOptions.NoLocal) != 0))
            {
                continue;
            }

            bool keeps = isRetained
                && options.Any(o => (o & SubscriptionOptions.RetainAsPublished) != 0);
            other.Expect(Message(other, keeps, name, properties + payload));
        }

        if (qos == 1)
        {
            client.Expect(isV5 && reached == 0 ? "40 [ 00 09 10 ]" : "40 [ 00 09 ]");
        }
    }

    private void Subscribe(ModelClient client)
    {
        string filter = Text.Of(RandomTopics.Filter(new Lcg(_random.Next())));
        bool isV5 = client.NoProperties.Length > 0;
        int handling = isV5 ? _random.Next(3) : 0;
        int options = isV5 ? (_random.Next(4) << 2) | (handling << 4) : 0;
        _bench.Send(client.Slot,
            $"82 [ 00 05 {client.NoProperties}`{filter}` {Wire.Hex(options)} ]");
        client.Expect($"90 [ 00 05 {client.NoProperties}00 ]");
        bool isNew = !client.Filters.ContainsKey(filter);
        client.Filters[filter] = options;
        if (handling == 0 || (handling == 1 && isNew))
        {
            client.Expected.Add([.. _retained.Where(r => Matches(filter, r.Key))
                .Select(r => Message(client, true, r.Key, r.Value))]);
        }
    }

    private void Unsubscribe(ModelClient client)
    {
        string filter = client.Filters.Count > 0 && _random.Next(3) > 0
            ? client.Filters.Keys.ElementAt(_random.Next(client.Filters.Count))
            : Text.Of(RandomTopics.Filter(new Lcg(_random.Next())));
        _bench.Send(client.Slot, $"a2 [ 00 06 {client.NoProperties}`{filter}` ]");
        bool wasThere = client.Filters.Remove(filter);
        client.Expect(client.NoProperties.Length > 0
            ? $"b0 [ 00 06 [ ] {(wasThere ? "00" : "11")} ]"
            : "b0 [ 00 06 ]");
    }

    private void Leave(ModelClient client)
    {
        Drain(client);
        _clients.Remove(client);
        _bench.Close(client.Slot);
    }

    private void Drain(ModelClient client)
    {
        _bench.Capacity = 64 + _random.Next(400);
        _bench.Drain(client.Slot);
        string wrong = client.Compare(_bench.Output.AsSpan(0, _bench.OutputLength));
        Assert.AreEqual(0, _bench.Counted(Counter.PublishDropped), "a limit was met");
        Assert.IsNull(wrong, wrong);
    }

    private static string Message(
        ModelClient client, bool retain, string name, string propertiesAndPayload)
    {
        string rest = client.NoProperties.Length > 0
            ? propertiesAndPayload
            : propertiesAndPayload[(propertiesAndPayload.IndexOf(']') + 2)..];
        return $"{(retain ? "31" : "30")} [ `{name}` {rest} ]";
    }

    private static bool Matches(string filter, string name)
    {
        byte[] f = Text.Bytes(filter);
        byte[] n = Text.Bytes(name);
        return TopicFilter.Matches(f, 0, f.Length, n, 0, n.Length);
    }
}
