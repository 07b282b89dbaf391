using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>Makes up what happens next, step by step, as the state of things suggests.</summary>
public sealed class History(HistoryPlan plan)
{
    private readonly Random _random = plan.Random;
    private readonly HostileBytes _hostile = new(plan.Random);
    private readonly RandomPackets _packets = new(plan.Random, plan.IsTight
        ? plan.Limits.MaxPacketSize - (plan.Random.Next(6) * 12) - plan.Random.Next(60)
        : 60_000, Math.Max(2, plan.MostClients / 2));

    private readonly Dictionary<int, bool> _isBad = [];
    private int _clients;

    /// <summary>The next steps.</summary>
    public IEnumerable<Step> Next(Lockstep lockstep)
    {
        Step[] steps = [.. Choose(lockstep)];
        return plan.AlwaysRests && steps.Any(s => s.Kind is not StepKind.Read)
            ? [.. steps, new Step(StepKind.Rest)]
            : steps;
    }

    private IEnumerable<Step> Choose(Lockstep lockstep)
    {
        LockstepClient[] alive =
            [.. lockstep.Slots.Values.Where(c => !c.Reference.MustClose).OrderBy(c => c.Slot)];
        bool isFew = alive.Length < Math.Min(3, plan.MostClients)
            || (plan.MostClients > 100 && alive.Length < plan.MostClients);
        int what = _random.Next(100);
        if ((isFew || what < 5) && alive.Length < plan.MostClients && (isFew || what < 60))
        {
            return Open();
        }

        LockstepClient? client = alive.Length > 0 ? alive[_random.Next(alive.Length)] : null;
        if (client == null || what >= (plan.AlwaysRests ? 95 : 50))
        {
            return Host(lockstep);
        }

        return what switch
        {
            < 7 => [new Step(StepKind.Lose, client.Number)],
            < 9 => [new Step(StepKind.Pass, Number: Milliseconds())],
            < 14 when !plan.AlwaysRests => [Stall(client)],
            _ => Packets(client),
        };
    }

    private Step[] Open()
    {
        int number = _clients++;
        _isBad[number] = plan.HasHostile && _random.Next(4) == 0;
        Packet connect = _packets.Connect();
        var open = new Step(StepKind.Open, number, _random.Next(3));
        Step send = Send(number, connect);
        var room = new Step(StepKind.Take, number, _random.Next(1, 400));
        bool isSlow = !plan.AlwaysRests && _random.Next(2) == 0;
        return isSlow ? [open, room, send] : [open, send];
    }

    private IEnumerable<Step> Packets(LockstepClient client)
    {
        int version = client.Reference.Version;
        if (version == 0 && client.Pending > 0 && _random.Next(4) > 0)
        {
            yield break; // Its CONNECT was not read yet.
        }

        for (int more = _random.Next(plan.AlwaysRests ? 1 : 6); more >= 0; more--)
        {
            Packet packet = _packets.Next(client.Reference);
            yield return Send(client.Number, packet.Kind == PacketKind.Connect ? packet
                : packet with { Version = version == 5 ? 5 : 4 });
        }
    }

    private Step Send(int number, Packet packet)
    {
        byte[] bytes = PacketBytes.Of(packet);
        bool isBad = _isBad[number] && _random.Next(6) == 0;
        byte[] sent = isBad ? _hostile.Of(bytes) : bytes;
        string hex = Convert.ToHexString(sent);
        string text = !isBad ? packet.ToString()
            : $"{sent.Length}:{(hex.Length > 160 ? hex[..160] + "..." : hex)}";
        return new Step(StepKind.Send, number, Bytes: sent, Text: text);
    }

    private Step Stall(LockstepClient client) => _random.Next(12) switch
    {
        0 when client.Room != LockstepClient.Endless => new Step(StepKind.Freeze, client.Number),
        < 2 => new Step(StepKind.Take, client.Number, -1),
        _ => new Step(StepKind.Take, client.Number,
            _random.Next(_random.Next(3) == 0 ? 1500 : 200)),
    };

    private IEnumerable<Step> Host(Lockstep lockstep)
    {
        int[] all = [.. lockstep.Slots.Values.Select(c => c.Number).Order()];
        for (int more = _random.Next(6); more >= 0 && all.Length > 0; more--)
        {
            int number = all[_random.Next(all.Length)];
            yield return _random.Next(20) switch
            {
                < 8 => new Step(StepKind.Read, number,
                    _random.Next(3) == 0 ? _random.Next(1, 1000) : 1000),
                < 14 => new Step(StepKind.Offer, Number: Capacity()),
                < 15 => new Step(StepKind.Offer, number, Capacity()),
                < 17 => new Step(StepKind.Write, number),
                < 18 => new Step(StepKind.Pass, Number: _random.Next(30)),
                _ => new Step(StepKind.Tick),
            };
        }

        if (_random.Next(60) == 0)
        {
            yield return new Step(StepKind.Rest);
        }
    }

    private int Capacity() => 64 + (_random.Next(2) * _random.Next(2000));

    // Seconds mostly; sometimes a computer slept.
    private long Milliseconds() => _random.Next(40) switch
    {
        0 => 45_000,
        1 => _random.Next(3) == 0 ? 86_400_000L * _random.Next(1, 40) : 3_600_000,
        < 20 => 1000 * _random.Next(1, 6),
        _ => _random.Next(1, 900),
    };
}
