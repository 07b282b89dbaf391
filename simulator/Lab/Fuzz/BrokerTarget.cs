using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// The whole broker under tight limits: several connections send whatever a case says, cut as it
/// says, beside two canaries.
/// </summary>
public sealed class BrokerTarget : FuzzTarget
{
    private const int Open = 0;
    private const int Wait = 1;
    private const int Lose = 2;
    private const int Freeze = 3;
    private const int Publish = 4;
    private const int Kinds = 10; // The others send.

    // In Who of a step.
    private const int ClientMask = 7;
    private const int CutShift = 3;
    private const int CutMask = 3;
    private const int Undrained = 0x20;
    private const int Narrow = 0x40;

    private static readonly int[] _cuts = [0, 0, 1, 7];

    private readonly long[] _counters = new long[Counter.Count];

    /// <inheritdoc/>
    public override string Name => "broker";

    /// <inheritdoc/>
    public override int MostSteps => 60;

    /// <summary>Counters of all cases together: which limits were met.</summary>
    public IReadOnlyList<long> Counters => _counters;

    /// <inheritdoc/>
    public override void Run(FuzzCase played)
    {
        var life = new BrokerLife(played.Setup);
        Coverage.Reset(); // What the constructors ran is the same every time.
        var canaries = new Canaries(life, played.Setup);
        var clients = new FuzzedClient?[FuzzLimits.Clients];
        foreach (FuzzStep step in played.Steps.Take(MostSteps))
        {
            Play(life, canaries, clients, step);
        }

        canaries.End();
        life.End();
        for (int i = 0; i < _counters.Length; i++)
        {
            _counters[i] += life.Broker.CounterOf(i);
        }
    }

    /// <inheritdoc/>
    public override FuzzStep NewStep(Random random)
    {
        int who = random.Next(3) | (random.Next(3) == 0 ? random.Next(256) & ~ClientMask : 0);
        var maker = new PacketMaker(random);
        int version = random.Next(2) == 0 ? 4 : 5;
        return random.Next(16) switch
        {
            < 4 => new(Open, who, PacketBytes.Of(maker.Make(PacketKind.Connect, version))),
            4 => new(Wait, random.Next(256), [(byte)random.Next(256)]),
            5 when random.Next(3) == 0 => new(Lose, who, []),
            6 when random.Next(2) == 0 => new(Freeze, who, []),
            7 => new(Publish, who, new byte[random.Next(40)]),
            _ => new(random.Next(5, Kinds), who, PacketBytes.Of(maker.FromClient(version))),
        };
    }

    /// <inheritdoc/>
    public override FuzzStep Bend(FuzzStep step, Random random) =>
        step with { Bytes = new PacketBender(random).Bend(step.Bytes) };

    /// <inheritdoc/>
    public override FuzzCase NewCase(Random random)
    {
        FuzzCase made = base.NewCase(random);
        int version = random.Next(2) == 0 ? 4 : 5;
        byte[] connect = PacketBytes.Of(new PacketMaker(random).Make(PacketKind.Connect, version));
        return made with { Steps = [new FuzzStep(Open, 0, connect), .. made.Steps] };
    }

    private static void Play(
        BrokerLife life, Canaries canaries, FuzzedClient?[] clients, FuzzStep step)
    {
        int which = (step.Who & ClientMask) % clients.Length;
        FuzzedClient? client = life.IsOpen(clients[which]) ? clients[which] : null;
        switch (step.Kind % Kinds)
        {
            case Open when client == null:
                client = life.Open(which % 3);
                clients[which] = client;
                Send(life, client, step);
                break;
            case Wait:
                int time = step.Bytes.Length > 0 ? step.Bytes[0] << (step.Who & 7) : 1;
                canaries.Pass(time);
                break;
            case Lose when client != null:
                life.Lose(client);
                break;
            case Freeze when client != null:
                client.IsFrozen = !client.IsFrozen;
                client.WasFrozen = true;
                if (!client.IsFrozen)
                {
                    life.Take(client, 512);
                }

                break;
            case Publish:
                canaries.Publish(1 + (step.Who % 8), Math.Min(step.Bytes.Length, 60));
                break;
            default:
                Send(life, client, step);
                break;
        }

        if ((step.Who & Undrained) == 0)
        {
            life.Drain((step.Who & Narrow) != 0 ? MqttBroker.MinCapacity : 4096);
        }
    }

    private static void Send(BrokerLife life, FuzzedClient? client, FuzzStep step)
    {
        if (client != null)
        {
            client.Cut = _cuts[(step.Who >> CutShift) & CutMask];
            client.Unsent.AddRange(step.Bytes);
            life.Feed(client);
        }
    }
}
