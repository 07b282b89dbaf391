using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// Makes a scenario that fails smaller, as long as the same checker goes on finding something:
/// fewer events, fewer clients, fewer bytes, a better network, a shorter time.
/// </summary>
public sealed class Shrinker
{
    private static readonly int[] _shortQueues = [4, 2, 8];
    private static readonly int[] _slowNetworks = [100, 1000];
    private static readonly int[] _grids = [100, 1000, 5000];

    private readonly string _checker;
    private readonly int _mostRuns;
    private readonly CancellationToken _cancel;
    private Scenario _best;

    /// <param name="scenario">One that fails.</param>
    /// <param name="checker">Who found something.</param>
    /// <param name="mostRuns">Runs after which it is small enough.</param>
    /// <param name="cancel">Ends it with what it has.</param>
    public Shrinker(Scenario scenario, string checker, int mostRuns,
        CancellationToken cancel = default)
    {
        _best = scenario;
        _checker = checker;
        _mostRuns = mostRuns;
        _cancel = cancel;
    }

    /// <summary>Scenarios that were played.</summary>
    public int Runs { get; private set; }

    /// <summary>Shrinks until nothing can be left out.</summary>
    public Scenario Shrink()
    {
        ShortenQueues();
        SlowDown();
        foreach (int ms in _grids)
        {
            // What happens at once needs fewer events to be too much.
            Try(_best with
            {
                Events = [.. _best.Events.Select(e => e with { AtMs = e.AtMs / ms * ms })],
            });
        }

        int before;
        do
        {
            before = Weight(_best);
            DropEvents();
            DropClients();
            SimplifyNetwork();
            ShrinkBytes();
            ShortenTime();
        }
        while (Weight(_best) < before && !IsOver());
        return _best;
    }

    private bool IsOver() => Runs >= _mostRuns || _cancel.IsCancellationRequested;

    private static int Weight(Scenario s) => (100 * s.Events.Count) + (50 * s.Clients.Count)
        + s.Events.Sum(e => e.Bytes + (e.Hex?.Length ?? 0)) + (int)(s.FaultsEndMs / 1000);

    private bool Try(Scenario smaller)
    {
        if (IsOver())
        {
            return false;
        }

        Runs++;
        if (SimulationLabs.Run(smaller).Checker != _checker)
        {
            return false;
        }

        _best = smaller;
        return true;
    }

    // A queue that a few messages fill makes most failures plain.
    private void ShortenQueues()
    {
        foreach (int messages in _shortQueues)
        {
            if (Try(_best with
            {
                Limits = new SortedDictionary<string, int>(_best.Limits)
                {
                    ["MaxQueuedMessages"] = messages,
                },
            }))
            {
                return;
            }
        }
    }

    // Neither does what is slow need many messages to be full.
    private void SlowDown()
    {
        foreach (int bytesPerS in _slowNetworks)
        {
            if (Try(_best with
            {
                Clients = [.. _best.Clients.Select(c => c with { BytesPerS = bytesPerS })],
            }))
            {
                return;
            }
        }
    }

    private void DropEvents() =>
        ListShrinker.Shrink(_best.Events, events => Try(_best with { Events = events }));

    private void DropClients()
    {
        for (int client = _best.Clients.Count - 1; client >= 0; client--)
        {
            int gone = client;
            Try(_best with
            {
                Clients = [.. _best.Clients.Where((_, i) => i != gone)],
                Events =
                [
                    .. _best.Events.Where(e => e.Client != gone).Select(
                        e => e with { Client = e.Client > gone ? e.Client - 1 : e.Client }),
                ],
            });
        }
    }

    private void SimplifyNetwork()
    {
        for (int i = 0; i < _best.Clients.Count; i++)
        {
            ClientSpec spec = _best.Clients[i];
            ClientSpec[] simpler =
            [
                spec with { JitterMs = 0, LossPerMille = 0, BytesPerS = 0, CutBytes = 0 },
                spec with { LossPerMille = 0 },
                spec with { JitterMs = 0 },
                spec with { CutBytes = 0 },
                spec with { BytesPerS = 0 },
                spec with { LatencyMs = 2 },
                spec with { Will = null, IsWillRetained = false },
                spec with { MaxPacketSize = 0 },
                spec with { Version = 4 },
                spec with { KeepAliveS = 0 },
            ];
            foreach (ClientSpec one in simpler)
            {
                ClientSpec now = _best.Clients[i];
                ClientSpec next = Merge(now, spec, one);
                if (next != now)
                {
                    int at = i;
                    ClientSpec[] clients = [.. _best.Clients.Select((c, k) => k == at ? next : c)];
                    Try(_best with { Clients = clients });
                }
            }
        }
    }

    /// <summary>What a proposal changes, applied to what holds now.</summary>
    private static ClientSpec Merge(ClientSpec now, ClientSpec from, ClientSpec to) => now with
    {
        JitterMs = from.JitterMs == to.JitterMs ? now.JitterMs : to.JitterMs,
        LossPerMille = from.LossPerMille == to.LossPerMille ? now.LossPerMille : to.LossPerMille,
        BytesPerS = from.BytesPerS == to.BytesPerS ? now.BytesPerS : to.BytesPerS,
        CutBytes = from.CutBytes == to.CutBytes ? now.CutBytes : to.CutBytes,
        LatencyMs = from.LatencyMs == to.LatencyMs ? now.LatencyMs : to.LatencyMs,
        Will = from.Will == to.Will ? now.Will : to.Will,
        IsWillRetained = from.Will == to.Will ? now.IsWillRetained : to.IsWillRetained,
        MaxPacketSize = from.MaxPacketSize == to.MaxPacketSize ? now.MaxPacketSize : 0,
        Version = from.Version == to.Version ? now.Version : to.Version,
        KeepAliveS = from.KeepAliveS == to.KeepAliveS ? now.KeepAliveS : to.KeepAliveS,
    };

    private void ShrinkBytes()
    {
        for (int i = 0; i < _best.Events.Count; i++)
        {
            Happening one = _best.Events[i];
            while (one.Bytes > 0 && Replace(i, one with { Bytes = one.Bytes / 2 }))
            {
                one = _best.Events[i];
            }

            while (one.Hex?.Length > 2
                && Replace(i, one with { Hex = one.Hex[..(one.Hex.Length / 4 * 2)] }))
            {
                one = _best.Events[i];
            }

            while (one.ForMs > 1 && Replace(i, one with { ForMs = one.ForMs / 2 }))
            {
                one = _best.Events[i];
            }
        }
    }

    private bool Replace(int index, Happening by) =>
        Try(_best with { Events = [.. _best.Events.Select((e, i) => i == index ? by : e)] });

    private void ShortenTime()
    {
        long last = _best.Events.Count > 0 ? _best.Events[^1].AtMs : 0;
        Try(_best with { FaultsEndMs = last + 1000 });
        Try(_best with { Events = [.. _best.Events.Select(e => e with { AtMs = e.AtMs / 2 })] });
    }
}
