using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Lab.Plans;

/// <summary>Draws a scenario from a plan; the same seed gives the same one.</summary>
public sealed partial class ScenarioMaker
{
    private const int DefaultPackets = 1024;
    private const int HeaderRoom = 60;
    private const int LargestCut = 5000;
    private const int Rarely = 6;
    private const int LeastLongOutageMs = 30_000;
    private const int MostLongOutageMs = 120_000;
    private const int LeastTaken = 60;

    private static readonly string[] _sysFilters =
        ["$SYS/#", "$SYS/broker/uptime", "$SYS/broker/clients/+", "$SYS/broker/+/connected"];

    private readonly Plan _plan;
    private readonly Random _random;
    private readonly Random _ofSessions; // Apart, so that what boards play does not change.
    private readonly List<ClientSpec> _clients = [];
    private readonly List<Happening> _events = [];
    private readonly long _endMs;
    private readonly string _subject;
    private readonly SortedDictionary<string, int> _limits = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _settings = new(StringComparer.Ordinal);
    private int _good;
    private int _largest = DefaultPackets;
    private int _mostClients;

    private ScenarioMaker(Plan plan, int seed, string? board)
    {
        _plan = plan;
        _random = new Random(seed);
        _ofSessions = new Random(~seed);
        _endMs = Draw(plan.Seconds) * 1000L;
        _subject = board ?? plan.Subjects[_random.Next(plan.Subjects.Count)];
        BoardProfile? profile = AllBoards.Find(_subject);
        _good = Math.Max(1, Math.Min(
            Draw(plan.Clients), profile?.Limits.MaxConnections ?? int.MaxValue));
        ChooseLimits(plan.Limits[_random.Next(plan.Limits.Count)] == "tight");
        _good = Math.Max(1, Math.Min(_good, _mostClients));
        Crowd(IsOn() ? Draw(plan.Crowd) : 0);
    }

    /// <summary>Draws a scenario.</summary>
    /// <param name="plan">What kind.</param>
    /// <param name="seed">Which one.</param>
    /// <param name="board">The subject, or null to draw it too.</param>
    public static Scenario Make(Plan plan, int seed, string? board = null) =>
        plan.Scenario ?? new ScenarioMaker(plan, seed, board).Make();

    private Scenario Make()
    {
        ChooseSettings();
        AddClients();
        AddTraffic();
        AddFaults();
        AddSessions();
        return new Scenario
        {
            Subject = _subject,
            NetworkSeed = _random.Next(),
            Limits = _limits,
            Settings = _settings,
            NativeKb = _random.Next(50, 170),
            SendBytes = _random.Next(3) == 0 ? _random.Next(3000, 60_000) : 0,
            FaultsEndMs = _endMs,
            Clients = _clients,
            Events = [.. _events.OrderBy(e => e.AtMs)],
        };
    }

    private void ChooseSettings()
    {
        _settings["HashSeed"] = _random.Next();
        _settings["QueueFullPolicy"] = _random.Next(3);
        _settings["QueueFullDeadlineMs"] = 1500;
        _settings["SlowGraceMs"] = _random.Next(2) == 0 ? 20 : _random.Next(40);
        _settings["SysIntervalS"] = _random.Next(2) == 0 ? 0 : _random.Next(1, 11);
        Maybe("PacketTimeoutMs", 500, 5000);
        Maybe("ConnectTimeoutMs", 2000, 20_000);
        Maybe("ClosingTimeoutMs", 500, 5000);
        Maybe("MaxKeepAliveS", 1, 60);
        if (_random.Next(3) > 0)
        {
            _limits["MaxConnectRate"] = 0; // Else storms are refused, and come back.
        }
        else if (_subject == Simulation.Pc || _limits.ContainsKey("MaxConnectRate"))
        {
            _limits["MaxConnectRate"] = _random.Next(1, 10);
        }
    }

    private void Maybe(string setting, int least, int most)
    {
        if (_random.Next(3) == 0)
        {
            _settings[setting] = _random.Next(least, most);
        }
    }

    // A board without tight limits has all its places, so that its sockets are what is scarce.
    private void Crowd(int crowd)
    {
        if (crowd > 0)
        {
            _good = _limits.Count > 0 || _subject == Simulation.Pc ? _good : _mostClients;
            _limits["MaxConnections"] = _good;
            _good += crowd;
        }
    }

    private void ChooseLimits(bool areTight)
    {
        if (areTight)
        {
            foreach ((string name, int value) in TightLimits.Draw(_random, _good))
            {
                _limits[name] = value;
            }

            _largest = _limits["MaxPacketSize"];
            _mostClients = _good;
            return;
        }

        _mostClients = int.MaxValue;
        _largest = 100_000;
        if (_subject != Simulation.Pc)
        {
            BrokerLimits limits = AllBoards.Find(_subject).Limits;
            _mostClients = limits.MaxConnections;
            _largest = limits.MaxPacketSize;
        }
    }

    private void AddClients()
    {
        int hostile = Draw(_plan.Hostile);
        bool areSlow = IsOn();
        for (int i = 0; i < _good + hostile; i++)
        {
            bool isHostile = i >= _good;
            bool isSlow = areSlow && Chance(_plan.Slow);
            int keepAliveS = _random.Next(Rarely) == 0
                ? (int)_plan.KeepAliveS.From // None, where that may be.
                : Draw(_plan.KeepAliveS);
            _clients.Add(new ClientSpec
            {
                Id = isHostile && _random.Next(3) == 0
                    ? "c" + _random.Next(_good)
                    : (isHostile ? "h" : "c") + i,
                Version = _plan.Versions[_random.Next(_plan.Versions.Count)],
                KeepAliveS = keepAliveS,

                IsNameless = !isHostile && Chance(_plan.Nameless),
                Will = Chance(_plan.Wills) ? "will/" + i : null,
                IsWillRetained = _random.Next(2) == 0,
                IsHostile = isHostile,
                ComebackMs = isHostile ? 0 : _random.Next(200, 5000),
                MaxPacketSize = _random.Next(8) == 0 ? MostTaken() : 0,
                LatencyMs = Draw(_plan.LatencyMs),
                JitterMs = Draw(_plan.JitterMs),
                LossPerMille = Draw(_plan.LossPerMille),
                BytesPerS = isSlow ? Draw(_plan.BytesPerS) : 0,
                CutBytes = _random.Next(3) == 0 ? Draw(_plan.CutBytes) : 0,
            });
            Add(_random.Next(0, 2000), Deed.Connect, i);
            if (!isHostile)
            {
                Add(0, Deed.Subscribe, i, e => e with { Topic = "final/+" });
            }

            for (int more = Draw(_plan.Filters); more > 0; more--)
            {
                Subscribe(i, _random.Next(0, 3000));
            }
        }
    }

    // Often about the size of a message: those that just fit, and those that just do not.
    private int MostTaken()
    {
        int header = _random.Next(5, 16);
        int payload = _plan.Bytes[_random.Next(_plan.Bytes.Count)];
        return _random.Next(2) == 0 || payload < LeastTaken
            ? _random.Next(LeastTaken, 2000)
            : payload + header;
    }

    private string Topic() => _random.Next(4) switch
    {
        0 => "a",
        1 => "a/" + _random.Next(3),
        2 => $"b/{_random.Next(3)}/{_random.Next(3)}",
        _ => "sensors/" + _random.Next(6),
    };

    private string Filter() => _random.Next(8) switch
    {
        0 => "#",
        1 => "a/+",
        2 => "b/+/1",
        3 => "b/#",
        4 => "will/+",
        5 => _random.Next(3) > 0 ? "+/+" : _sysFilters[_random.Next(_sysFilters.Length)],
        _ => Topic(),
    };

    private void Times(Range range, Action what)
    {
        for (int more = IsOn() ? Draw(range) : 0; more > 0; more--)
        {
            what();
        }
    }

    private void Add(long at, Deed what, int client, Func<Happening, Happening>? more = null)
    {
        var happening = new Happening { AtMs = Math.Min(at, _endMs), Do = what, Client = client };
        _events.Add(more == null ? happening : more(happening));
    }

    private Happening Lasting(Happening what) => what with { ForMs = FaultMs() };

    private long FaultMs() => Math.Max(1, _random.Next(Draw(_plan.FaultMs) + 1));

    // In a long one the board gives up waiting and tries to join by itself.
    private long OutageMs() => _random.Next(3) > 0
        ? FaultMs()
        : _random.Next(LeastLongOutageMs, MostLongOutageMs);

    private bool IsOn() => !_plan.Swarm || _random.Next(2) == 0;

    private bool Chance(Range percent) => _random.Next(100) < Draw(percent);

    private int Anybody() => _random.Next(_clients.Count);

    private long At() => _random.NextInt64(_endMs);

    private int Draw(Range range) => range.Draw(_random);
}
