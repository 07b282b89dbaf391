using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace EdgeBroker.Tests.MqttNet;

/// <summary>A simulator that runs as a process of its own on a free port.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private const string ReadyPrefix = "listening on 127.0.0.1:";
    private const int KeptLines = 50;
    private const int Sigterm = 15;

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly TaskCompletionSource<int> _port =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrokerProcess(Process process)
    {
        _process = process;
    }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port => _port.Task.Result;

    /// <summary>The last lines that the process wrote, for the message of a failed test.</summary>
    public string Output
    {
        get
        {
            lock (_lastLines)
            {
                return string.Join(Environment.NewLine, _lastLines);
            }
        }
    }

    /// <summary>Starts the simulator and waits until it has told its port.</summary>
    /// <exception cref="InvalidOperationException">It ended, or stayed silent.</exception>
    public static async Task<BrokerProcess> StartAsync()
    {
        var start = new ProcessStartInfo
        {
            FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(SimulatorPath());
        start.ArgumentList.Add("serve");
        start.ArgumentList.Add("--port");
        start.ArgumentList.Add("0");

        var broker = new BrokerProcess(new Process { StartInfo = start });
        broker.Run();
        try
        {
            await broker._port.Task.WaitAsync(TestBroker.Patience);
            return broker;
        }
        catch (Exception error)
        {
            broker.Dispose();
            throw new InvalidOperationException(
                "The simulator did not tell its port. It wrote: " + broker.Output, error);
        }
    }

    /// <summary>Asks the process to end as an operator would (SIGTERM).</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        if (kill(_process.Id, Sigterm) != 0)
        {
            throw new InvalidOperationException("SIGTERM could not be sent to the simulator.");
        }

        await _process.WaitForExitAsync().WaitAsync(TestBroker.Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(TestBroker.Patience);
        }

        _process.Dispose();
    }

    // .NET 10 can kill a process but cannot ask it to end.
    [DllImport("libc")]
    private static extern int kill(int pid, int signal);

    private static string SimulatorPath()
    {
        return typeof(BrokerProcess).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Simulator").Value;
    }

    private void Run()
    {
        _process.EnableRaisingEvents = true;
        _process.OutputDataReceived += (_, line) => TakeLine(line.Data);
        _process.ErrorDataReceived += (_, line) => TakeLine(line.Data);
        _process.Exited += (_, _) => _port.TrySetException(
            new InvalidOperationException("The simulator ended."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void TakeLine(string line)
    {
        if (line == null)
        {
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }
        }

        if (line.StartsWith(ReadyPrefix, StringComparison.Ordinal))
        {
            string digits = line.Substring(ReadyPrefix.Length);
            _port.TrySetResult(int.Parse(digits, CultureInfo.InvariantCulture));
        }
    }
}
