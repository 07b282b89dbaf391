using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Support;

/// <summary>The simulator as users run it: a process of its own. It ends with its test.</summary>
internal sealed class SimulatorProcess : IDisposable
{
    private const string Ready = "listening on 127.0.0.1:";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly string _configFile;

    private SimulatorProcess(string[] settings, string[] arguments, string command = null)
    {
        string[] line = [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Path.Combine(AppContext.BaseDirectory, "EdgeBroker.Simulator.dll"), .. arguments];
        line = command == null ? line : ["/bin/sh", "-c", command, .. line];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (settings != null)
        {
            _configFile = Path.GetTempFileName();
            File.WriteAllLines(_configFile, settings);
            start.ArgumentList.Add("--config");
            start.ArgumentList.Add(_configFile);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The port of 127.0.0.1 that it listens on.</summary>
    public int Port { get; private set; }

    /// <summary>The configuration file, if there is one.</summary>
    public string ConfigFile => _configFile;

    /// <summary>What came to stdout so far.</summary>
    public string[] Output => Copy(_output);

    /// <summary>What came to stderr so far.</summary>
    public string[] Errors => Copy(_errors);

    /// <summary>Starts `serve` on a free port and waits until it listens.</summary>
    /// <param name="settings">Lines of the configuration file.</param>
    public static SimulatorProcess Serve(params string[] settings)
    {
        return Listening(new SimulatorProcess(settings, ["serve", "--port", "0"]));
    }

    /// <summary>Does the same with further arguments and without a configuration file.</summary>
    public static SimulatorProcess ServeWith(params string[] arguments)
    {
        return Listening(new SimulatorProcess(null, ["serve", "--port", "0", .. arguments]));
    }

    /// <summary>Starts `serve` from a command of the shell and waits until it listens.</summary>
    /// <param name="command">Has `"$0" "$@"` where the command line of the simulator goes.</param>
    /// <param name="settings">Lines of the configuration file.</param>
    public static SimulatorProcess ServeInShell(string command, params string[] settings)
    {
        return Listening(
            new SimulatorProcess(settings, ["serve", "--port", "0", "--plain"], command));
    }

    /// <summary>Starts the simulator from a command of the shell, see ServeInShell.</summary>
    public static SimulatorProcess StartInShell(string command, params string[] arguments)
    {
        return new SimulatorProcess(null, arguments, command);
    }

    /// <summary>The numbers of its handles (Linux).</summary>
    public int[] Handles()
    {
        return [.. Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd")
            .Select(path => int.Parse(Path.GetFileName(path)))];
    }

    /// <summary>Changes how many handles it may have (Linux).</summary>
    public void LimitHandles(int most)
    {
        string[] arguments = ["--pid", _process.Id.ToString(), $"--nofile={most}:"];
        using Process limit = Process.Start("prlimit", arguments);
        limit.WaitForExit();
        Assert.AreEqual(0, limit.ExitCode, "prlimit");
    }

    private static SimulatorProcess Listening(SimulatorProcess simulator)
    {
        try
        {
            string line = simulator.WaitForLine(l => l.StartsWith(Ready, StringComparison.Ordinal));
            simulator.Port = int.Parse(line[Ready.Length..]);
            return simulator;
        }
        catch
        {
            simulator.Dispose();
            throw;
        }
    }

    /// <summary>Starts the simulator with some arguments.</summary>
    /// <param name="settings">Lines of a configuration file, or null for none.</param>
    /// <param name="arguments">The command line.</param>
    public static SimulatorProcess Start(string[] settings, params string[] arguments)
    {
        return new SimulatorProcess(settings, arguments);
    }

    /// <summary>Bytes of memory that it has resident.</summary>
    public long ResidentBytes()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>Waits until stdout has a line; fails the test when none comes.</summary>
    public string WaitForLine(Func<string, bool> isIt)
    {
        long end = Environment.TickCount64 + (long)_patience.TotalMilliseconds;
        lock (_output)
        {
            while (true)
            {
                string found = _output.FirstOrDefault(isIt);
                if (found != null)
                {
                    return found;
                }

                long left = end - Environment.TickCount64;
                // The pause is a part of the patience, to see that the process has ended.
                if (left <= 0 || (_process.HasExited && !Monitor.Wait(_output, 500)))
                {
                    Assert.Fail("no such line in:\n" + string.Join('\n', _output.Concat(Errors)));
                }

                Monitor.Wait(_output, (int)Math.Min(left, 500));
            }
        }
    }

    /// <summary>Waits until stdout has a line with some text in it.</summary>
    public string WaitForText(string text)
    {
        return WaitForLine(line => line.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>Sends a signal by its POSIX name.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -s {name} {_process.Id}"]);
        kill.WaitForExit();
        Assert.AreEqual(0, kill.ExitCode, "kill -s " + name);
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public int WaitForExit()
    {
        if (!_process.WaitForExit(_patience))
        {
            Assert.Fail("still running:\n" + string.Join('\n', Output.Concat(Errors)));
        }

        // The overload without a time waits until both outputs are read to their ends.
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Kills the process if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        if (_configFile != null)
        {
            File.Delete(_configFile);
        }
    }

    private static void Take(List<string> lines, string line)
    {
        lock (lines)
        {
            if (line != null)
            {
                lines.Add(line);
            }

            Monitor.PulseAll(lines);
        }
    }

    private static string[] Copy(List<string> lines)
    {
        lock (lines)
        {
            return [.. lines];
        }
    }
}
