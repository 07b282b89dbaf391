using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop.Cuts;

/// <summary>
/// Lets publishers send to subscribers through a proxy that cuts, until all of them are done, and
/// says what came and what is left in the broker.
/// </summary>
internal sealed class CutRun
{
    private const string Stored = "$SYS/broker/store/messages/count";
    private const string Subscriptions = "$SYS/broker/subscriptions/count";
    private const string Fence = "fence";

    private readonly Bench _bench;
    private readonly CutLoad _load;
    private readonly CutClient[] _clients;
    private readonly CutTally[] _tallies;

    public CutRun(Bench bench, CutLoad load, IEnumerable<(string Library, int Version)> clients)
    {
        _bench = bench;
        _load = load;
        _clients = [.. clients.Select(c => new CutClient(bench, load, c.Library, c.Version))];
        _tallies =
        [
            .. _clients.Select(_ => new CutTally(_clients.Select(c => c.Name), load.Messages)),
        ];
    }

    /// <summary>A line for each subscriber: what it got.</summary>
    public IEnumerable<string> Report => _tallies.Select((tally, i) => string.Create(
        CultureInfo.InvariantCulture,
        $"QoS {_load.Qos}, {_load.Size} bytes, {_clients.Length} x {_load.Messages} to "
        + $"{_clients[i].SubscriberName}: lost {tally.Lost} {tally.LostOf}, "
        + $"twice {tally.Twice}, late {tally.Late}, "
        + $"other orders {tally.OrdersOtherThan(Tallies.First())}, wrong {tally.Wrong} "
        + $"{tally.Example}"));

    /// <summary>What each subscriber got that does as the protocol says.</summary>
    public IEnumerable<CutTally> Tallies => _tallies.Where((_, i) => _clients[i].IsExact);

    /// <summary>Runs it. Fails only when time is up, or something is left in the broker.</summary>
    /// <param name="near">Between the publishers and the broker.</param>
    /// <param name="far">Between the broker and the subscribers.</param>
    /// <param name="parts">Parts in which it is published.</param>
    public void Run(CutProxy near, CutProxy far, int parts)
    {
        // The fence comes behind everything, for a session keeps the order of its messages.
        Mailbox<string>[] fences =
            [.. _clients.Select(_ => new Mailbox<string>(_bench.Deadline))];
        LineProcess[] subscribers =
        [
            .. _clients.Select((client, i) => client.Subscribe(
                far.Port, line => Take(line, _tallies[i], fences[i]))),
        ];
        LineProcess[] publishers = [.. _clients.Select(client => client.Publish(near.Port))];
        Feed(publishers, parts);
        foreach (LineProcess publisher in publishers)
        {
            publisher.CloseInput();
        }

        foreach (LineProcess publisher in publishers)
        {
            Assert.AreEqual(0, publisher.WaitForExit(_bench.Deadline.Left), publisher.Transcript);
        }

        PublishFence();
        AwaitFences(fences, true);

        // The others may have lost theirs, and now may lose no more.
        far.Relent();
        PublishFence();
        AwaitFences(fences, false);

        Until(Stored, "0");
        foreach (LineProcess subscriber in subscribers)
        {
            subscriber.Kill();
            subscriber.WaitForExit(_bench.Deadline.Left);
        }

        EndSessions();
        Until(Subscriptions, "1"); // Its own.
    }

    /// <summary>
    /// Lets the publishers send, a part after the other, and no faster than the subscribers take
    /// it: what sessions may hold is limited.
    /// </summary>
    private void Feed(LineProcess[] publishers, int parts)
    {
        for (int part = 0; part < parts; part++)
        {
            int from = _load.Messages * part / parts;
            int to = _load.Messages * (part + 1) / parts;
            Parallel.ForEach(publishers.Zip(_clients),
                pair => pair.Second.Feed(pair.First, from, to));
            int enough = publishers.Length * (_load.Messages * (part - 2) / parts);
            foreach (CutTally tally in _tallies)
            {
                tally.Await(enough, _bench.Deadline);
            }
        }
    }

    private void PublishFence() => ClientLibrary.Create(
        ClientLibrary.Paho, ClientLibrary.Mqtt5, _bench).Publish(
            new Message { Topic = $"{_load.Root}/{Fence}", Text = Fence, Qos = _load.Qos });

    private void AwaitFences(Mailbox<string>[] fences, bool isExact)
    {
        for (int i = 0; i < fences.Length; i++)
        {
            if (_clients[i].IsExact == isExact)
            {
                fences[i].Take($"the end of all messages in {_clients[i].SubscriberName}");
            }
        }
    }

    private void Take(string line, CutTally tally, Mailbox<string> fences)
    {
        if (line == null)
        {
            return;
        }

        if (line.StartsWith($"{_load.Root}/{Fence}\t", StringComparison.Ordinal))
        {
            fences.Put(line);
            return;
        }

        _load.Count(line, tally);
    }

    /// <summary>Lets each client come once more, without a session.</summary>
    private void EndSessions()
    {
        var last = new DriverListener(
            _bench, InstalledTools.PahoDriver(), ClientLibrary.Mqtt311, "", null);
        last.Leave();
        foreach (CutClient client in _clients)
        {
            last.Connect(client.Name, null);
            last.Leave();
            last.Connect(client.SubscriberName, null);
            last.Leave();
        }
    }

    /// <summary>Waits until one of the broker's figures has a value.</summary>
    private void Until(string topic, string value)
    {
        Listener figures = ClientLibrary.Create(
            ClientLibrary.Mosquitto, ClientLibrary.Mqtt5, _bench).Listen(topic);
        while (figures.Next().Text != value)
        {
        }

        figures.Kill();
    }
}
