using System;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Lab.Plans;

// What the clients do, and the faults.
public sealed partial class ScenarioMaker
{
    private void AddTraffic()
    {
        int retain = IsOn() ? Draw(_plan.Retain) : 0;
        int qos1 = IsOn() ? Draw(_plan.Qos1) : 0;
        int expiring = IsOn() ? Draw(_plan.Expiring) : 0;
        int grid = Math.Max(1, IsOn() ? Draw(_plan.GridMs) : 0);
        for (int i = 0; i < _clients.Count; i++)
        {
            if (!Chance(_plan.Publishers))
            {
                continue;
            }

            int every = Math.Max(1, Draw(_plan.EveryMs));
            for (long at = _random.Next(1000, 4000); at < _endMs; at += _random.Next(2 * every) + 1)
            {
                for (int more = Draw(_plan.Burst); more > 0; more--)
                {
                    Publish(i, at - (at % grid), retain, qos1, expiring);
                }
            }
        }

        for (int more = IsOn() ? Draw(_plan.Changes) : 0; more > 0; more--)
        {
            Subscribe(_random.Next(_clients.Count), At());
            Add(At(), Deed.Unsubscribe, _random.Next(_good), e => e with { Topic = Filter() });
        }
    }

    private void AddFaults()
    {
        Times(_plan.Resets, () =>
            Add(At(), _random.Next(2) == 0 ? Deed.Reset : Deed.End, Anybody()));
        Times(_plan.Disconnects, () =>
        {
            long at = At();
            int client = Anybody();
            Add(at, Deed.Disconnect, client);
            Add(at + FaultMs(), Deed.Connect, client);
        });
        Times(_plan.PowerOffs, () => Add(At(), Deed.PowerOff, Anybody(), Lasting));
        Times(_plan.Stalls, () => Add(At(), Deed.StopReading, Anybody(), Lasting));
        Times(_plan.HalfOpen, () => Add(
            At(), _random.Next(2) == 0 ? Deed.Mute : Deed.Deafen, Anybody(), Lasting));
        Times(_plan.Blackouts, () => Add(At(), Deed.Blackout, Anybody(), Lasting));
        Times(_plan.Storms, Storm);
        Times(_plan.PowerCuts, PowerCut);
        Times(_plan.Outages, () => Add(
            At(), Deed.Outage, 0, e => e with { ForMs = OutageMs() }));
        Times(_plan.Reboots, () => Add(At(), Deed.Reboot, 0, Lasting));
        Times(_plan.ClockSteps, () => Add(
            At(), Deed.ClockStep, 0, e => e with { ForMs = _random.Next(1500, 10_000_000) }));
        if (_good < _clients.Count)
        {
            Times(_plan.Knocks, () => Add(At(), Deed.Knock, _random.Next(_good, _clients.Count),
                e => e with { ForMs = Math.Min(FaultMs(), _endMs - e.AtMs) }));
        }

        for (int i = _good; i < _clients.Count; i++)
        {
            new Mischief(_random, _clients[i], i, _events, _endMs).Add();
        }
    }

    private void PowerCut()
    {
        long at = At();
        int spared = Anybody();
        for (int i = 0; i < _good; i++)
        {
            if (i != spared)
            {
                Add(at, Deed.PowerOff, i, Lasting);
            }
        }
    }

    private void Storm()
    {
        long at = At();
        for (int i = 0; i < _clients.Count; i++)
        {
            Add(at, Deed.Reset, i);
            Add(at + _random.Next(3000), Deed.Connect, i);
        }
    }

    private void Publish(int client, long at, int retain, int qos1, int expiring)
    {
        string topic = Topic();
        int most = _largest - HeaderRoom - topic.Length;
        int cut = _clients[client].CutBytes;
        most = cut > 0 ? Math.Min(most, cut * LargestCut) : most;
        Add(at, Deed.Publish, client, e => e with
        {
            Topic = topic,
            Bytes = Math.Min(_plan.Bytes[_random.Next(_plan.Bytes.Count)], most),
            Retain = _random.Next(100) < retain,
            Qos = _random.Next(100) < qos1 ? 1 : 0,
            ExpiryS = _random.Next(100) < expiring ? _random.Next(1, 10) : 0,
        });
    }

    private void Subscribe(int client, long at)
    {
        int options = _clients[client].Version == 5
            ? (_random.Next(4) << 2) | (_random.Next(3) << 4)
            : 0;
        Add(at, Deed.Subscribe, client, e => e with { Topic = Filter(), Options = options });
    }
}
