using System;
using System.Diagnostics;
using System.Linq;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// Publishes as fast as deliveries come back (a window), as the sockets take it (a flood), or at a
/// rate, and measures what arrives.
/// </summary>
internal sealed class Flow
{
    private const long PatienceNs = 2 * NanoClock.PerSecond;
    private const int IdleWaitMs = 20;
    private const double Half = 0.5;

    private readonly ClientLoop _loop;
    private readonly Publisher[] _publishers;
    private readonly Load _load;
    private readonly int _window;
    private readonly double _fan;
    private readonly ProcessMeter _broker;
    private readonly ProcessMeter _own = new(Environment.ProcessId);
    private readonly long _startNs = NanoClock.Now();
    private int _turn;
    private long _sent;
    private long _forgiven;
    private long _progressNs;
    private long _seen;
    private Moment _from;
    private Moment _to;

    /// <param name="loop">Its clients are ready.</param>
    /// <param name="publishers">Who publishes.</param>
    /// <param name="load">How much.</param>
    /// <param name="window">Messages under way at most; 0 for a flood.</param>
    /// <param name="fan">Deliveries of each message.</param>
    /// <param name="broker">The broker's process.</param>
    public Flow(ClientLoop loop, Publisher[] publishers, Load load, int window, double fan,
        ProcessMeter broker)
    {
        _loop = loop;
        _publishers = publishers;
        _load = load;
        _window = window;
        _fan = fan;
        _broker = broker;
        _progressNs = _startNs;
    }

    /// <summary>Called before each message that is published.</summary>
    public Action<Publisher>? Choose { get; set; }

    /// <summary>Measures.</summary>
    public BenchResult Run()
    {
        long fromNs = _startNs + (long)(_load.WarmUpS * NanoClock.PerSecond);
        long lengthNs = Math.Max(1, (long)(_load.Seconds * NanoClock.PerSecond));
        while (true)
        {
            long now = NanoClock.Now();
            if (_from.Ns == 0 && now >= fromNs)
            {
                _loop.Inbox.Latency.Clear();
                _from = Look(now);
            }
            else if (_from.Ns != 0 && _to.Ns == 0 && now >= _from.Ns + lengthNs)
            {
                _to = Look(now);
                _progressNs = now;
            }

            if (_loop.Inbox.Delivered != _seen)
            {
                _seen = _loop.Inbox.Delivered;
                _progressNs = now;
            }

            if (_to.Ns != 0 && (Missing() < Half || now - _progressNs > PatienceNs))
            {
                return Result();
            }

            if (!_publishers.Any(p => p.Client.Stage == ClientStage.Up))
            {
                throw new BenchException(_loop.WhyGone ?? "the publishers are gone");
            }

            _loop.Poll(_to.Ns != 0 ? IdleWaitMs : _load.Rate > 0 ? PublishDue(now)
                : PublishWindow(now));
        }
    }

    private double Missing() => (_sent * _fan) - _loop.Inbox.Delivered;

    /// <summary>What is under way and not given up.</summary>
    private double Outstanding()
    {
        // What was given up may come after all.
        _forgiven = Math.Min(_forgiven, Math.Max(0, (long)(Missing() + Half)));
        return (Missing() - _forgiven) / _fan;
    }

    /// <summary>Publishes what the window has room for.</summary>
    /// <returns>Milliseconds to wait.</returns>
    private int PublishWindow(long now)
    {
        if (_window > 0 && now - _progressNs > PatienceNs)
        {
            // What is lost does not keep the window closed.
            _forgiven += (long)((Outstanding() * _fan) + Half);
            _progressNs = now;
        }

        long budget = _window > 0 ? (long)(_window - Outstanding()) : long.MaxValue;
        long share = Math.Clamp(budget / _publishers.Length, 1, _load.Batch);
        bool isBlocked = true;
        for (int i = 0; i < _publishers.Length && budget > 0; i++)
        {
            Publisher publisher = Next();
            if (!publisher.IsOpen)
            {
                continue;
            }

            long ns = NanoClock.Now();
            for (long n = Math.Min(share, budget); n > 0 && publisher.HasRoom; n--)
            {
                Publish(publisher, ns);
                budget--;
            }

            _loop.Flush(publisher.Client);
            isBlocked &= publisher.Client.IsBlocked || publisher.IsFull;
        }

        return isBlocked ? IdleWaitMs : 0;
    }

    /// <summary>Publishes what was to be sent by now, with the time when it was to be sent.
    /// </summary>
    /// <returns>Milliseconds to wait.</returns>
    private int PublishDue(long now)
    {
        double perMessage = NanoClock.PerSecond / _load.Rate;
        long due = (long)((now - _startNs) / perMessage);
        for (int skipped = 0; _sent < due && skipped < _publishers.Length;)
        {
            Publisher publisher = Next();
            if (publisher.Client.Stage != ClientStage.Up || !publisher.HasRoom)
            {
                skipped++;
                continue;
            }

            skipped = 0;
            Publish(publisher, _startNs + (long)(_sent * perMessage));
        }

        foreach (Publisher publisher in _publishers)
        {
            if (publisher.IsOpen)
            {
                _loop.Flush(publisher.Client);
            }
        }

        long nextNs = _startNs + (long)((_sent + 1) * perMessage) - NanoClock.Now();
        return (int)Math.Clamp(nextNs / 1_000_000, 0, IdleWaitMs);
    }

    private Publisher Next()
    {
        Publisher publisher = _publishers[_turn];
        _turn = (_turn + 1) % _publishers.Length;
        return publisher;
    }

    private void Publish(Publisher publisher, long ns)
    {
        Choose?.Invoke(publisher);
        publisher.Add(ns);
        _sent++;
    }

    private Moment Look(long now) => new(
        now, _sent, _loop.Inbox.Delivered, _broker.CpuS(), _own.CpuS() ?? 0);

    private BenchResult Result()
    {
        double seconds = (_to.Ns - _from.Ns) / (double)NanoClock.PerSecond;
        long delivered = _to.Delivered - _from.Delivered;
        return new BenchResult
        {
            Value = delivered / seconds,
            Unit = "messages/s",
            Sent = _sent,
            Delivered = _loop.Inbox.Delivered,
            Lost = Math.Max(0, (long)(Missing() + Half)),
            Disorder = _loop.Inbox.Disorder,
            Gone = _loop.Gone,
            LatencyUs = Times.Of(_loop.Inbox.Latency),
            LoadCpuPercent = 100 * (_to.OwnCpuS - _from.OwnCpuS) / seconds,
            BrokerCpuUs = (_to.BrokerCpuS - _from.BrokerCpuS) * 1e6 / Math.Max(1, delivered),
            BrokerBytes = _broker.Bytes(),
        };
    }

    private readonly record struct Moment(
        long Ns, long Sent, long Delivered, double? BrokerCpuS, double OwnCpuS);
}
