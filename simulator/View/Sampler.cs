using System;
using System.Collections.Generic;
using System.Threading;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Simulator.View;

/// <summary>
/// Fills samples for the view. The view asks for one from its thread; the host's thread fills it
/// between two turns, as nobody else may touch the core.
/// </summary>
public sealed class Sampler : IDisposable
{
    private readonly MqttBroker _broker;
    private readonly BrokerLimits _limits;
    private readonly Traffic _traffic;
    private readonly Meter _meter;
    private readonly LossShare _losses = new();
    private readonly byte[] _clientId;
    private readonly AutoResetEvent _isFilled = new(false);
    private TcpHost _host = null!; // Attach comes before the host runs.
    private Sample? _spare;
    private bool _isAsked;
    private Sample? _wanted;
    private Sample? _filled;
    private long _lastMs = TcpHost.NowMs();

    /// <param name="broker">Whose figures.</param>
    /// <param name="limits">What it was made with.</param>
    /// <param name="traffic">Counts what goes in and out.</param>
    public Sampler(MqttBroker broker, BrokerLimits limits, Traffic traffic)
    {
        _broker = broker;
        _limits = limits;
        _traffic = traffic;
        _meter = new Meter(broker);
        _clientId = new byte[limits.MaxClientIdLength + 64];
    }

    /// <summary>Says whose connections they are; before the host runs.</summary>
    public void Attach(TcpHost host)
    {
        _host = host;
    }

    /// <summary>Asks for a sample and waits for it; from the view's thread.</summary>
    /// <param name="patienceMs">How long to wait at most.</param>
    /// <returns>The sample; null when the host is too busy: it comes with a later call.</returns>
    public Sample? Take(int patienceMs)
    {
        if (!_isAsked)
        {
            Volatile.Write(ref _wanted, _spare ?? new Sample());
            _spare = null;
            _isAsked = true;
        }

        _isFilled.WaitOne(patienceMs);
        Sample? sample = Interlocked.Exchange(ref _filled, null);
        _isAsked = sample == null;
        return sample;
    }

    /// <summary>Takes a sample back that is not needed any more; from the view's thread.</summary>
    public void GiveBack(Sample sample)
    {
        _spare = sample;
    }

    /// <summary>Fills a sample if one is wanted; on the host's thread.</summary>
    public void BetweenTurns()
    {
        if (Volatile.Read(ref _wanted) == null)
        {
            return;
        }

        Sample sample = Interlocked.Exchange(ref _wanted, null)!; // Nobody else takes it.
        Fill(sample);
        Volatile.Write(ref _filled, sample);
        _isFilled.Set();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isFilled.Dispose();
    }

    private void Fill(Sample sample)
    {
        long now = TcpHost.NowMs();
        double elapsedMs = Math.Max(1, now - _lastMs);
        _lastMs = now;
        sample.Figures = _meter.Read();
        int fullest = FillClients(sample.Clients, elapsedMs, sample.Figures.Counters);
        FillTopics(sample, elapsedMs, now);
        FillGauges(sample, sample.Figures, fullest);
    }

    private int FillClients(List<ClientRow> rows, double elapsedMs, long[] counters)
    {
        OutboundQueues queues = QueueProbe.Queues(_broker);
        QueuePressure pressure = QueueProbe.Pressure(_broker);
        int fullest = 0;
        rows.Clear();
        _losses.Begin(counters);
        for (int slot = 0; slot < _limits.Slots(); slot++)
        {
            if (Connected(slot) is not { Id: { } id, Address: { } address } client)
            {
                continue;
            }

            client.In.Sample(elapsedMs);
            client.Out.Sample(elapsedMs);
            bool isFull = pressure.FullSince[slot] != 0;
            _losses.Note(client, isFull);
            fullest = Math.Max(fullest, queues.Messages[slot]);
            rows.Add(new ClientRow(id, address, client.Version, client.Since,
                client.In.MessageRate, client.Out.MessageRate,
                client.In.ByteRate + client.Out.ByteRate, queues.Messages[slot], isFull,
                (long)client.Lost, client.IsLostShared));
        }

        _losses.End();
        return fullest;
    }

    /// <summary>The client in a slot, with its name and address; or null.</summary>
    private ClientTap? Connected(int slot)
    {
        ClientTap? client = _broker.StateOf(slot) == ConnectionState.Connected
            ? _traffic.Of(_host.HandleOf(slot))
            : null;
        if (client != null && client.Id == null)
        {
            int length = _broker.ReadClientId(slot, _clientId);
            client.Id = Printable.Name(_clientId.AsSpan(0, length));
            client.Address = _host.RemoteOf(slot)?.ToString() ?? "unknown";
            client.Version = _broker.VersionOf(slot);
        }

        return client;
    }

    private void FillTopics(Sample sample, double elapsedMs, long now)
    {
        TopicTable table = _traffic.Topics;
        table.Sample(elapsedMs);
        sample.Topics.Clear();
        int at = 0;
        foreach (TopicTap topic in table.Topics)
        {
            // Bytes, for the host's thread should not make texts that nobody may look at.
            topic.Value.CopyTo(sample.Values, at);
            sample.Topics.Add(new TopicRow(topic.Name, topic.Flow.MessageRate,
                topic.Flow.ByteRate, topic.Flow.Messages, at, topic.Kept, topic.Length,
                now - topic.LastMs));
            at += TopicTap.KeptBytes;
        }

        sample.OtherTopicsRate = table.Others.MessageRate;
        sample.AreTopicsEstimates = table.IsEstimate;
    }

    private void FillGauges(Sample sample, Figures figures, int fullest)
    {
        sample.Gauges.Clear();
        sample.Gauges.AddRange((Gauge[])
        [
            new Gauge("clients", figures.Clients, _limits.MaxConnections),
            new Gauge("subscriptions", figures.Subscriptions, _limits.MaxSubscriptions),
            new Gauge("retained", figures.Retained, _limits.MaxRetainedMessages),
            new Gauge("message memory", _broker.SysValue(SysTopics.StoredBytes),
                (long)_limits.MessageBlocks * _limits.MessageBlockSize, true),
            new Gauge("all queues", QueueProbe.Queues(_broker).Count, _limits.MaxQueueEntries),
            new Gauge("longest queue", fullest, _limits.MaxQueuedMessages),
        ]);
    }
}
