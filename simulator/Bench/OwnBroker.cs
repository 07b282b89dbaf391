using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// EdgeBroker with the settings that a user gets, started to be measured: `serve` as a process of
/// its own, or a thread of this one.
/// </summary>
internal sealed class OwnBroker : IDisposable
{
    /// <summary>What it is called.</summary>
    public const string Name = "edgebroker";

    private const int PatienceMs = 30_000;
    private const int StopMs = 5000;
    private const int AskMs = 20;

    private readonly Action _stop;

    private OwnBroker(int port, int? processId, Action stop)
    {
        Target = new Target(Name, new IPEndPoint(IPAddress.Loopback, port), processId);
        _stop = stop;
    }

    /// <summary>What is measured.</summary>
    public Target Target { get; }

    /// <summary>Starts `serve`, without a terminal.</summary>
    /// <param name="config">A configuration file, or null for the defaults.</param>
    /// <param name="cancel">Ends the wait for it.</param>
    /// <exception cref="BenchException">It does not start.</exception>
    /// <exception cref="OperationCanceledException">It is to end.</exception>
    public static OwnBroker StartProcess(string? config, CancellationToken cancel)
    {
        int port = FreePort();
        Process process = Process.Start(Command(port, config))
            ?? throw new BenchException("serve could not be started");
        var broker = new OwnBroker(port, process.Id, () =>
        {
            process.Kill();
            process.WaitForExit(StopMs);
            process.Dispose();
        });
        try
        {
            WaitUntilOpen(broker.Target.Address, () => process.HasExited, cancel);
            return broker;
        }
        catch
        {
            broker.Dispose();
            throw;
        }
    }

    /// <summary>Starts a thread, without a log.</summary>
    public static OwnBroker StartHere()
    {
        BrokerLimits limits = new DesktopLimits().ToBrokerLimits();
        Network network = Networks.Create(Environment.GetEnvironmentVariable(Networks.Variable));
        var broker = new MqttBroker(limits, new ServeConfig().Settings,
            new OpenAuthenticator(true), null, TcpHost.NowMs());
        var host = new TcpHost(broker, limits, network);
        int port = host.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port;
        var thread = new Thread(host.Run) { IsBackground = true, Name = Name };
        thread.Start();
        return new OwnBroker(port, null, () =>
        {
            host.Stop();
            thread.Join(StopMs);
            host.Dispose();
            network.Dispose();
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _stop();

    /// <summary>What it says goes nowhere, as from a service: a pipe would cost the load time.
    /// </summary>
    private static ProcessStartInfo Command(int port, string? config)
    {
        string self = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(self) == "dotnet";
        string[] serve =
        [
            self, .. isHost ? new[] { typeof(OwnBroker).Assembly.Location } : [],
            "serve", "--plain", "--port", port.ToString(),
            .. config == null ? [] : new[] { "--config", config },
        ];
        return OperatingSystem.IsWindows()
            ? new ProcessStartInfo(serve[0], serve[1..]) { CreateNoWindow = true }
            : new ProcessStartInfo(
                "/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", .. serve]);
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static void WaitUntilOpen(IPEndPoint address, Func<bool> hasEnded,
        CancellationToken cancel)
    {
        for (long startNs = NanoClock.Now(); ;)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Connect(address);
                return;
            }
            catch (SocketException)
            {
                cancel.ThrowIfCancellationRequested();
                if (hasEnded() || NanoClock.Now() - startNs > PatienceMs * 1_000_000L)
                {
                    throw new BenchException(
                        "serve does not start: run it by itself to see what is wrong");
                }

                Thread.Sleep(AskMs);
            }
        }
    }
}
