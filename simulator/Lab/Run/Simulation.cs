using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// Plays a scenario: first with its faults, while nothing may go wrong that a fault does not
/// explain; then the faults stop, and everybody has to be back and served.
/// </summary>
public sealed partial class Simulation
{
    /// <summary>The subject that is the PC's host.</summary>
    public const string Pc = "pc";

    private const string FinalTopic = "final/";
    private const int StepMs = 100;

    // Whoever takes over its own place needs no more than some attempts, see LabClient.
    private const int TakeoverMs = 45_000;

    // Else a vanished client may be in the way. lwIP waits 192 s at most before it repeats what was
    // not acknowledged, and so finds out.
    private const int FreePlaceMs = 300_000;
    private const int FinalMs = 20_000;
    private const int MostReturns = 3;
    private const int LeaveMs = 10_000;

    private readonly Scenario _scenario;
    private readonly Radio _radio;
    private readonly VirtualStack _net;
    private readonly LabClient[] _clients;
    private readonly Facts _facts;
    private readonly DeliveryChecker _delivery = new();
    private readonly WorkChecker _work = new();
    private readonly RunFiles _files;
    private readonly Subject _subject;
    private Census? _census;

    private Simulation(Scenario scenario, RunFiles files)
    {
        _scenario = scenario;
        _radio = new Radio { NativeBytes = scenario.NativeKb * 1024L };
        Radio.Current = _radio;
        _net = new VirtualStack(_radio, scenario.NetworkSeed);
        NetStack.Current = _net;
        _clients = [.. scenario.Clients.Select((spec, i) => new LabClient(
            _net, spec, i, scenario.Settings.GetValueOrDefault("MaxKeepAliveS"),
            QuotaOfOld(scenario),
            scenario.Limits.GetValueOrDefault("MaxSessions") >= scenario.Clients.Count))];
        _files = files;
        var twin = new TwinChecker();
        var streams = new StreamsChecker();
        _net.Streams = streams.Sockets;
        _facts = new Facts([files, .. Checkers.All(), twin, streams, _delivery, _work])
        {
            GoodIds = GoodIds(scenario),
        };
        _facts.Tap = new TapList([_work.Tap, files.Tap, twin.Tap, streams.Tap, _facts]);
        _subject = MakeSubject();
        if (scenario.SendBytes > 0)
        {
            _net.SendBytes = scenario.SendBytes;
        }
    }

    /// <summary>
    /// Plays it from the beginning to the end on the core that is loaded here; see SimulationLabs.
    /// </summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="recordPath">Where a recording goes, or null; see RunFiles.</param>
    /// <param name="pcapPath">Where a capture goes, or null.</param>
    internal static Outcome Run(
        Scenario scenario, string? recordPath = null, string? pcapPath = null)
    {
        using var files = new RunFiles(recordPath, pcapPath);
        var run = new Simulation(scenario, files);
        try
        {
            run.Play();
            return run.Ended(null, null);
        }
        catch (CheckFailedException e)
        {
            return run.Ended(e.Checker, e.What);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return run.Ended("crash", e.ToString());
        }
        finally
        {
            run._subject.Dispose();
        }
    }

    private Outcome Ended(string? checker, string? what) => new(checker, what, _net.NowMs,
        _facts.Packets, _delivery.Delivered, _delivery.Missing, _work.Permille,
        _files.Trace, _census);

    private Census Count(MqttBroker broker)
    {
        LabClient[] good = Good(_ => true);
        var limits = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (int i = Counter.FirstLimit; i < Counter.Count; i++)
        {
            if (broker.CounterOf(i) > 0)
            {
                limits[Counter.NameOf(i)] = broker.CounterOf(i);
            }
        }

        return new Census(good.Length, good.Count(c => c.IsConnected),
            broker.CounterOf(Counter.ConnectionsAccepted), good.Sum(c => c.Refused.Count),
            broker.CounterOf(Counter.PublishDropped), limits, _delivery.LatestMs);
    }

    // Where a hostile client may come with the identifier of another, nobody can tell them apart.
    private static HashSet<string> GoodIds(Scenario scenario)
    {
        bool isSure = scenario.Clients.All(
            c => !c.IsHostile || c.Id.StartsWith('h'));
        return isSure ? [.. scenario.Clients.Where(c => !c.IsHostile).Select(c => c.Id)] : [];
    }

    private Subject MakeSubject()
    {
        BrokerSettings settings = SubjectLimits.SettingsOf(_scenario);
        if (_scenario.Subject == Pc)
        {
            _radio.NativeBytes = long.MaxValue / 2;
            _net.SocketLimit = int.MaxValue;
            _net.SendBytes = 65_536;
            _net.SendSegments = 1024;
            _net.ReceiveBytes = 65_536;
            return new PcSubject(_net, SubjectLimits.Of(_scenario, null), settings, _facts);
        }

        BoardProfile board = AllBoards.Find(_scenario.Subject)
            ?? throw new ArgumentException($"there is no board {_scenario.Subject}");
        _net.SocketLimit = board.Sockets;
        return new BoardSubject(
            _net, _radio, board, SubjectLimits.Of(_scenario, board), settings, _facts);
    }

    private void Play()
    {
        _subject.Start();
        foreach (Happening happening in _scenario.Events)
        {
            _subject.RunUntil(happening.AtMs);
            Happen(happening);
        }

        _subject.RunUntil(_scenario.FaultsEndMs);
        _subject.SetAir(true);
        if (_subject.Broker == null)
        {
            _subject.Start();
        }

        _census = Count(_subject.Broker!);
        Array.ForEach(_clients, c => c.CalmDown());
        Converge();
        _subject.Inspect();
        Leave();
    }

    private void Converge()
    {
        long sinceMs = _scenario.Events.Where(e => e.Do == Deed.PowerOff)
            .Select(e => e.AtMs + e.ForMs).Append(_scenario.FaultsEndMs).Max();
        for (int tries = 0; tries == 0 || Good(c => c.IsBack).Length < Places(); tries++)
        {
            // A fault that is over may still end a connection, and another one has the place.
            Require(tries < MostReturns, "somebody is gone again and again");
            ComeBack(sinceMs + (HasOwnPlaces() ? TakeoverMs : FreePlaceMs));
            _subject.RunUntil(_net.NowMs + FinalMs);
            sinceMs = _net.NowMs;
        }

        LabClient[] good = Good(c => c.IsBack);
        string[] topics = [.. good.Select((_, i) => FinalTopic + i)];
        for (int i = 0; i < good.Length; i++)
        {
            good[i].PublishFinal(topics[i]);
            _subject.RunUntil(_net.NowMs + StepMs);
        }

        _subject.RunUntil(_net.NowMs + FinalMs);
        for (int i = 0; i < good.Length; i++)
        {
            LabClient client = good[i];
            string? lacks = topics.FirstOrDefault(t => !client.Finals.Contains(t)
                && client.IsToGet(t, t == topics[i]));
            Require(client.IsConnected, $"{client.Spec.Id} is gone again");
            Require(lacks == null, $"{client.Spec.Id} lacks {lacks}");
        }

        _facts.AtRest();
    }

    private void ComeBack(long endMs) => WaitUntil(
        () => Good(c => c.IsBack).Length >= Places(), endMs,
        () => $"{Good(c => !c.IsBack)[0].Spec.Id} is not back: "
            + $"{_net.OpenSockets} sockets, {_net.NativeUsed} native bytes, connected are "
            + string.Join(", ", _facts.Sessions));

    private LabClient[] Good(Func<LabClient, bool> which) =>
        [.. _clients.Where(c => !c.Spec.IsHostile && (c.IsOn || c.IsAway) && which(c))];

    // With more clients than places some are turned away again and again.
    private int Places() => Math.Min(Good(_ => true).Length, _facts.Limits.MaxConnections);

    private bool HasOwnPlaces() => _clients.Length <= _facts.Limits.MaxConnections
        && !_clients.Any(c => c.Spec.IsHostile || c.Spec.IsNameless);

    private void Leave()
    {
        Array.ForEach(_clients, c => c.Disconnect());
        _subject.RunUntil(_net.NowMs + LeaveMs);

        // Those whose machines have gone without a word, and that nobody took over.
        _net.ResetAll();
        _subject.RunUntil(_net.NowMs + LeaveMs);
        EndSessions();
        _subject.InspectEnd();
        _facts.AtEnd();
    }

    private void WaitUntil(Func<bool> holds, long endMs, Func<string> why)
    {
        while (!holds())
        {
            if (_net.NowMs >= endMs)
            {
                throw new CheckFailedException("comeback", why());
            }

            _subject.RunUntil(_net.NowMs + StepMs);
        }
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new CheckFailedException("convergence", what);
        }
    }
}
