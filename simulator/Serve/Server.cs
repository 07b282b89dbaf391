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

        using ViewSession view = _isPlain || !TerminalCheck.CanShowView()
            ? null
            : new ViewSession(broker, limits, Network.Create());
        using var host = new TcpHost(broker, limits, view?.Network);
        events.Attach(broker, host);
        if (!TryListen(host, out List<IPEndPoint> taken))
        {
            return FailureExitCode;
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
            Serve(broker, host, log, plain, taken, startMs, view);
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
                taken.Add(host.Listen(listener.EndPoint));
            }
            catch (SocketException e)
            {
                Fail(ListenFailure.Text(listener.EndPoint, e));
                return false;
            }
        }

        return true;
    }

    private void Serve(MqttBroker broker, TcpHost host, LogQueue log, WriterSink plain,
        List<IPEndPoint> taken, long startMs, ViewSession view)
    {
        var meter = new Meter(broker);
        int isStopping = 0;
        using var drops = new DropSummary(broker, log);
        using var signals = new StopSignals(Stop);
        foreach (IPEndPoint address in taken)
        {
            Console.Out.WriteLine("listening on " + address);
        }

        WarnIfOpen(log, taken);
        if (view != null)
        {
            log.Redirect(view.Open(host, string.Join(", ", taken), startMs, plain, Stop));
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

        drops.Look();
        log.Add(LogTypes.Information, Totals(meter.Read(), startMs));

        // By a signal or by a key of the view, and once.
        void Stop()
        {
            if (Interlocked.Exchange(ref isStopping, 1) == 0)
            {
                log.Add(LogTypes.Information,
                    "stopping: clients are told; Ctrl+C again ends at once");
                host.Stop();
                view?.Leave();
            }
        }
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
