using System;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Lab.Plans;

// QoS 1 and 2 and sessions, added to what was drawn without them.
public sealed partial class ScenarioMaker
{
    private const int SessionBytes = 100_000;

    /// <summary>Lets the broker keep sessions, and clients and messages make use of it.</summary>
    private void AddSessions()
    {
        if (_subject != Simulation.Pc || (_plan.Sessions.To == 0 && _plan.Qos2.To == 0
            && _plan.AskQos.To == 0))
        {
            return;
        }

        int inflight = DrawOfSessions(_plan.Inflight);
        _settings["MaxQos"] = 2;
        _limits["MaxInflight"] = inflight;
        _limits["ReceiveMaximum"] = DrawOfSessions(_plan.Inflight);
        _limits["MaxSessions"] = DrawOfSessions(_plan.MaxSessions);
        _limits["MaxSessionMessages"] = DrawOfSessions(_plan.SessionMessages);
        _limits["MaxSessionBytes"] = _ofSessions.Next(3) == 0
            ? _ofSessions.Next(_largest, _largest + SessionBytes)
            : int.MaxValue / 2;
        if (_limits.TryGetValue("ClientIdBlocks", out int blocks))
        {
            _limits["ClientIdBlocks"] = blocks + (2 * _limits["MaxSessions"]);
            _limits["MaxQueueEntries"] += 4 * _limits["MaxSessions"];
        }

        bool keep = HasSessions();
        int share = keep ? DrawOfSessions(_plan.Sessions) : 0;
        bool areLate = HasSessions();
        bool refuse = HasSessions();
        bool areSmall = HasSessions();
        for (int i = 0; i < _good; i++)
        {
            ClientSpec client = _clients[i];
            bool keeps = !client.IsNameless && _ofSessions.Next(100) < share;
            _clients[i] = client with
            {
                KeepsSession = keeps,
                ExpiryS = keeps ? DrawOfSessions(_plan.ExpiryS) : 0,
                ReceiveMaximum = areSmall && _ofSessions.Next(2) == 0
                    ? DrawOfSessions(_plan.ReceiveMaximum) : 0,
                AckMs = areLate && _ofSessions.Next(3) == 0 ? DrawOfSessions(_plan.AckMs) : 0,
                Refusals = refuse && _ofSessions.Next(3) == 0
                    ? DrawOfSessions(_plan.Refusals) : 0,
                WillQos = _ofSessions.Next(3),
            };
        }

        RaiseQos();
        Often(_plan.AckStalls, Deed.StopAcking);
        Often(_plan.Renewals, Deed.Renew);
    }

    private void RaiseQos()
    {
        int ask = HasSessions() ? DrawOfSessions(_plan.AskQos) : 0;
        int qos2 = HasSessions() ? DrawOfSessions(_plan.Qos2) : 0;
        for (int i = 0; i < _events.Count; i++)
        {
            Happening what = _events[i];
            bool isUp = _ofSessions.Next(100) < (what.Do == Deed.Subscribe ? ask : qos2);
            _events[i] = what.Do switch
            {
                Deed.Subscribe when isUp =>
                    what with { Options = what.Options | _ofSessions.Next(1, 3) },
                Deed.Publish when isUp => what with { Qos = 2 },
                Deed.Disconnect when _ofSessions.Next(4) == 0 =>
                    what with { ExpiryS = DrawOfSessions(_plan.ExpiryS) },
                _ => what,
            };
        }
    }

    private void Often(Range range, Deed what)
    {
        for (int more = HasSessions() ? DrawOfSessions(range) : 0; more > 0; more--)
        {
            _events.Add(new Happening
            {
                AtMs = _ofSessions.NextInt64(_endMs),
                Do = what,
                Client = _ofSessions.Next(_clients.Count),
                ForMs = what == Deed.StopAcking
                    ? _ofSessions.Next(1, Math.Max(2, (int)_plan.FaultMs.To))
                    : 0,
            });
        }
    }

    private bool HasSessions() => !_plan.Swarm || _ofSessions.Next(2) == 0;

    private int DrawOfSessions(Range range) => range.Draw(_ofSessions);
}
