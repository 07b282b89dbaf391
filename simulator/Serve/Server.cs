using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Simulator.View;

namespace EdgeBroker.Simulator.Serve;

/// <summary>A broker with its host, log and view, from start to end.</summary>
public sealed class Server
{
    private readonly ServeConfig _config;
    private readonly ServeRequest _request;
    private readonly List<ListenAddress> _listeners;
    private readonly bool _isPlain;
    private readonly string? _recordFile;

    /// <param name="config">Settings that were found to be right.</param>
    /// <param name="request">What they were made of, to read them again.</param>
    /// <param name="listeners">Where to listen.</param>
    /// <param name="isPlain">Whether to do without the live view.</param>
    /// <param name="recordFile">The file that takes a recording, or null.</param>
    public Server(ServeConfig config, ServeRequest request, List<ListenAddress> listeners,
        bool isPlain, string? recordFile)
    {
        _recordFile = recordFile;
        _config = config;
        _request = request;
        _listeners = listeners;
        _isPlain = isPlain;
    }

    private static void Prepare(BrokerSettings settings, BrokerLimits limits)
    {
        settings.MaxQos = Math.Min(settings.MaxQos, (byte)(limits.HasSessions() ? 2 : 1));
        settings.HashSeed = BitConverter.ToInt32(RandomNumberGenerator.GetBytes(4));
        settings.ClientIdKey0 = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
        settings.ClientIdKey1 = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
    }

    /// <summary>Serves until a signal comes.</summary>
    /// <returns>The exit code: 0, or 1 when the broker cannot start.</returns>
    public int Run()
    {
        string? networkName = Environment.GetEnvironmentVariable(Networks.Variable);
        if (!Networks.IsKnown(networkName))
        {
            Fail($"{Networks.Variable} must be {Networks.Epoll} or {Networks.Portable}, "
                + "not " + SafeText.Quote(networkName));
            return ExitCode.Usage;
        }

        using Network network = Networks.Create(networkName);
        string? fewHandles = HandleBudget.Fit(_config.Limits, HandleLimit.Read());
        BrokerLimits limits = _config.Board?.Limits ?? _config.Limits.ToBrokerLimits();
        Prepare(_config.Settings, limits);
        using var destinations = new LogDestinations();
        try
        {
            destinations.Use(_config, LogDestinations.OpenFile(_config.LogTargets.File));
        }
        catch (Exception e) when (ConfigFile.IsOfFiles(e))
        {
            // It is the file that failed, so there is one.
            return Fail(LogDestinations.Failure(_config.LogTargets.File!, e));
        }

        using var log = new LogQueue(_config.LogTypes, destinations);
        var events = new EventLog(log, _config);
        var admission = new Admission(_config.AllowAnonymous);
        long startMs = TcpHost.NowMs();
        MqttBroker broker;
        try
        {
            broker = new MqttBroker(limits, _config.Settings, admission, events, startMs);
        }
        catch (OutOfMemoryException)
        {
            return Fail("this computer has not enough memory for these limits; lower "
                + "memory_limit, max_connections or max_subscriptions");
        }

        using ViewSession? view = _isPlain || !TerminalCheck.CanShowView()
            ? null
            : new ViewSession(broker, limits, network);
        using var host = new TcpHost(broker, limits, view?.Network ?? network);
        events.Attach(broker, host);
        if (!TryListen(host, out List<IPEndPoint> taken))
        {
            return ExitCode.Failure;
        }

        PidFile pidFile;
        try
        {
            pidFile = new PidFile(_config.PidFile);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return Fail($"pid_file {_config.PidFile} cannot be written: {e.Message} "
                + "Check that the folder exists and that you may write there.");
        }

        using (pidFile)
        {
            using SessionRecording? recording = SessionRecording.Begin(
                _recordFile, broker, limits, _config, startMs, log, out string? failure);
            if (failure != null)
            {
                return Fail(failure);
            }

            var running = new RunningBroker(
                _config, host, admission, events, log, destinations, recording);
            Announce(destinations, limits, taken, fewHandles);
            Serve(broker, running, taken, startMs, view);
        }

        return 0;
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return ExitCode.Failure;
    }

    private bool TryListen(TcpHost host, out List<IPEndPoint> taken)
    {
        taken = [];
        foreach (ListenAddress listener in _listeners)
        {
            try
            {
                taken.Add(host.Listen(listener.EndPoint, !HasOwnIPv4(listener.EndPoint)));
            }
            catch (SocketException e)
            {
                Fail(ListenFailure.Text(listener.EndPoint, e));
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether another listener takes the port on IPv4, so that `::` must not.</summary>
    private bool HasOwnIPv4(IPEndPoint endPoint)
    {
        return _listeners.Any(other => endPoint.Port != 0
            && other.EndPoint.Port == endPoint.Port
            && other.EndPoint.AddressFamily == AddressFamily.InterNetwork);
    }

    /// <summary>Says what has started, before the log's thread has anything to write.</summary>
    private void Announce(LogDestinations destinations, BrokerLimits limits,
        List<IPEndPoint> taken, string? fewHandles)
    {
        void Say((LogTypes Type, string Line) entry)
        {
            if ((_config.LogTypes & entry.Type) != 0)
            {
                destinations.Add(DateTime.UtcNow, entry.Line);
            }
        }

        foreach ((LogTypes, string) entry in
            StartReport.Opening(_config, _request.File, limits))
        {
            Say(entry);
        }

        if (_config.Board == null && fewHandles != null)
        {
            Say((LogTypes.Warning, fewHandles));
        }

        Say(StartReport.Reach(_config, taken));
        destinations.Flush();
    }

    private void Serve(MqttBroker broker, RunningBroker running, List<IPEndPoint> taken,
        long startMs, ViewSession? view)
    {
        LogQueue log = running.Log;
        var meter = new Meter(broker);
        int isStopping = 0;
        log.AddSource(
            LogTypes.Warning, DropSummary.PeriodMs, new DropSummary(broker).Lines);
        using var stopSignals = new StopSignals(Stop);
        var reload = new Reload(running, _request, _listeners);
        using var reloadSignals = new ReloadSignals(
            reload.Run, sentence => log.Add(LogTypes.Information, sentence));
        running.Recording?.Announce();
        foreach (IPEndPoint address in taken)
        {
            running.Destinations.Announce("listening on " + address);
        }

        if (view != null)
        {
            var plain = new WriterSink(LogOf(_config.LogTargets), _config.HasLogTimestamp);
            string title = string.Join(", ", taken);
            running.Destinations.ShowIn(
                view.Open(running.Host, title, startMs, plain, Stop));
        }

        try
        {
            running.Host.Run();
        }
        finally
        {
            view?.Leave();
            running.Destinations.ShowIn(null);
        }

        log.Summarise();
        running.Recording?.End(broker);
        log.Add(LogTypes.Information, Totals(meter.Read(), startMs));

        // By a signal or by a key of the view, and once.
        void Stop()
        {
            if (Interlocked.Exchange(ref isStopping, 1) == 0)
            {
                log.Add(LogTypes.Information,
                    "stopping: clients are told; Ctrl+C again ends at once");
                running.Host.Stop();
                view?.Leave();
            }
        }
    }

    /// <summary>Where the log stands when the view is left; nowhere if nobody wants it.</summary>
    private static Stream LogOf(LogTargets targets)
    {
        return targets.HasStdout ? StandardStreams.OpenOutput()
            : targets.HasStderr ? StandardStreams.OpenError()
            : Stream.Null;
    }

    private static string Totals(Figures end, long startMs)
    {
        long[] counters = end.Counters;
        return $"stopped after {(end.AtMs - startMs) / 1000} s: "
            + $"connections {counters[Counter.ConnectionsAccepted]}, "
            + $"most clients at once {counters[Counter.ClientsMaximum]}, "
            + $"messages in {counters[Counter.PublishReceived]}, "
            + $"out {counters[Counter.PublishSent]}, "
            + $"dropped {counters[Counter.PublishDropped]}";
    }
}
