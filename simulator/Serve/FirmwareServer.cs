using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// The program that is flashed, on this computer: its own boot, network, loop and log, with a
/// Wi-Fi that can be made to fail.
/// </summary>
public sealed class FirmwareServer
{
    /// <summary>Leaves the port to the device's configuration file.</summary>
    public const int PortOfTheFile = -1;

    private const int StepMs = 50;

    private readonly string _board;
    private readonly int _port;
    private readonly string? _configFile;
    private readonly WifiFailure? _failure;

    /// <param name="board">The name of a board.</param>
    /// <param name="port">TCP port on 127.0.0.1, 0 for a free one, or PortOfTheFile.</param>
    /// <param name="configFile">The device's configuration file, or null.</param>
    /// <param name="failure">When Wi-Fi fails, or null.</param>
    public FirmwareServer(string board, int port, string? configFile, WifiFailure? failure)
    {
        _board = board;
        _port = port;
        _configFile = configFile;
        _failure = failure;
    }

    /// <summary>Serves until a signal comes or the program ends by itself.</summary>
    /// <returns>The exit code: 0, 1 when the program cannot start, 2 without its file.</returns>
    public int Run()
    {
        using var host = new FirmwareHost(_board);
        if (_configFile != null)
        {
            string? text = ConfigFile.Read(_configFile, out string? complaint);
            if (text == null)
            {
                Console.Error.WriteLine($"{_configFile}: {complaint}");
                return ExitCode.Usage;
            }

            host.WriteFile("edgebroker.conf", text);
        }

        bool isStopping = false;
        using var stopSignals = new StopSignals(() => Volatile.Write(ref isStopping, true));
        using var otherSignals = new ReloadSignals(
            () => Console.Out.WriteLine("SIGHUP does nothing here: a board reads its file at its "
                + "start"), Console.Out.WriteLine);
        Console.Out.WriteLine("Wi-Fi, heap, LED and reboot are stand-ins: heap figures are not "
            + "measured, they come from the board's profile");
        host.Start(_port);
        int told = 0;
        string? failure = null;
        long startMs = Environment.TickCount64;
        while (!Volatile.Read(ref isStopping) && host.IsRunning && failure == null)
        {
            failure = host.Failure ?? WhyNotListening(host.WantedPort);
            if (host.Port != told && host.Port != 0)
            {
                told = host.Port;
                Console.Out.WriteLine($"listening on 127.0.0.1:{told}");
            }

            FailWifi(host.Radio, Environment.TickCount64 - startMs);
            Thread.Sleep(StepMs);
        }

        bool hasEnded = !host.IsRunning;
        host.Stop();
        if (failure != null)
        {
            Console.Error.WriteLine(failure);
        }

        return hasEnded || failure != null ? ExitCode.Failure : 0;
    }

    /// <summary>A board has its ports to itself; here another program may hold one.</summary>
    private static string? WhyNotListening(int port)
    {
        if (port == 0)
        {
            return null;
        }

        var endPoint = new IPEndPoint(IPAddress.Loopback, port);
        using var probe = new Socket(
            AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(endPoint);
            return null;
        }
        catch (SocketException e)
        {
            return ListenFailure.Text(endPoint, e);
        }
    }

    private void FailWifi(Radio radio, long sinceMs)
    {
        if (_failure == null)
        {
            return;
        }

        bool isLost = _failure.IsLost(sinceMs);
        if (isLost == radio.IsInReach)
        {
            string time = (sinceMs / 1000).ToString(CultureInfo.InvariantCulture);
            Console.Out.WriteLine($"Wi-Fi {(isLost ? "lost" : "back")} after {time} s");
            if (isLost)
            {
                radio.Lose();
            }
            else
            {
                radio.Restore();
            }
        }
    }
}
