using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.Serve;

/// <summary>A broker with its host, log and view, from start to end.</summary>
public sealed class Server
{
    private const int FailureExitCode = 1;

    private readonly ServeConfig _config;
    private readonly List<ListenAddress> _listeners;
    private readonly bool _isPlain;

    /// <param name="config">Settings that were found to be right.</param>
    /// <param name="listeners">Where to listen.</param>
    /// <param name="isPlain">Whether to do without the live view.</param>
    public Server(ServeConfig config, List<ListenAddress> listeners, bool isPlain)
    {
        _config = config;
        _listeners = listeners;
        _isPlain = isPlain;
    }

    /// <summary>Serves until a signal comes.</summary>
    /// <returns>The exit code: 0, or 1 when the broker cannot start.</returns>
    public int Run()
    {
        string networkName = Environment.GetEnvironmentVariable(Networks.Variable);
        if (!Networks.IsKnown(networkName))
        {
            Fail($"{Networks.Variable} must be {Networks.Epoll} or {Networks.Portable}, "
                + "not " + SafeText.Quote(networkName));
            return ServeCommand.UsageExitCode;
        }

        using Network network = Networks.Create(networkName);
        string fewHandles = HandleBudget.Fit(_config.Limits, HandleLimit.Read());
        BrokerLimits limits = _config.Board?.Limits ?? _config.Limits.ToBrokerLimits();
        _config.Settings.HashSeed = BitConverter.ToInt32(RandomNumberGenerator.GetBytes(4));
        _config.Settings.ClientIdKey0 = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
        _config.Settings.ClientIdKey1 = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
        var plain = new WriterSink(Console.OpenStandardOutput(), _config.HasLogTimestamp);
        using var log = new LogQueue(_config.LogTypes, plain);
        var events = new EventLog(log, _config);
        long startMs = TcpHost.NowMs();
        MqttBroker broker;
        try
        {
            broker = new MqttBroker(limits, _config.Settings,
                new OpenAuthenticator(_config.AllowAnonymous), events, startMs);
        }
        catch (OutOfMemoryException)
        {
            return Fail("there is not enough memory for these limits");
        }

        using var host = new TcpHost(broker, limits, network);
        events.Attach(broker, host);
        if (!TryListen(host, out List<IPEndPoint> taken))
        {
            return FailureExitCode;
        }

        if (_config.Board == null && fewHandles != null)
        {
            log.Add(LogTypes.Warning, fewHandles);
        }

        PidFile pidFile;
        try
        {
            pidFile = new PidFile(_config.PidFile);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return Fail($"pid_file {_config.PidFile} cannot be written: {e.Message}");
        }

        using (pidFile)
        {
            Serve(broker, host, log, plain, taken, startMs);
        }

        return 0;
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return FailureExitCode;
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

    private void Serve(MqttBroker broker, TcpHost host, LogQueue log, WriterSink plain,
        List<IPEndPoint> taken, long startMs)
    {
        var meter = new Meter(broker);
        LiveView view = null;
        if (!_isPlain && LiveView.IsPossible())
        {
            string title = string.Join(", ", taken);
            view = new LiveView(meter, new Screen(title, startMs), Console.Out);
        }

        _ = new DropSummary(broker, log);
        using var signals = new StopSignals(() =>
        {
            log.Add(LogTypes.Information, "stopping: clients are told; Ctrl+C again ends at once");
            host.Stop();
            view?.Leave();
        });
        foreach (IPEndPoint address in taken)
        {
            log.Announce("listening on " + address);
        }

        WarnIfOpen(log, taken);
        if (view != null)
        {
            log.Redirect(view);
            view.Start();
        }

        try
        {
            host.Run();
        }
        finally
        {
            view?.Leave();
            log.Redirect(plain);
        }

        log.Summarise();
        log.Add(LogTypes.Information, Totals(meter.Read(), startMs));
    }

    private void WarnIfOpen(LogQueue log, List<IPEndPoint> taken)
    {
        IPEndPoint open = taken.FirstOrDefault(address => !IPAddress.IsLoopback(address.Address));
        if (open != null && _config.AllowAnonymous)
        {
            log.Add(LogTypes.Warning, $"everybody who reaches {open} may connect: "
                + "allow_anonymous is true and there are no passwords yet");
        }
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
