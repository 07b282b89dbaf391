using System;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests;

/// <summary>The simulator as users run it: a process of its own. It ends with its test.</summary>
internal sealed class SimulatorProcess : IDisposable
{
    private const string Ready = "listening on 127.0.0.1:";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly LineProcess _process;

    private SimulatorProcess(string[] settings, string[] arguments, string command = null)
    {
        if (settings != null)
        {
            ConfigFile = Path.GetTempFileName();
            File.WriteAllLines(ConfigFile, settings);
            arguments = [.. arguments, "--config", ConfigFile];
        }

        string[] line =
        [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Path.Combine(AppContext.BaseDirectory, "EdgeBroker.Simulator.dll"), .. arguments,
        ];
        line = command == null ? line : ["/bin/sh", "-c", command, .. line];
        _process = new LineProcess(line[0], line[1..]);
    }

    /// <summary>The port of 127.0.0.1 that it listens on.</summary>
    public int Port { get; private set; }

    /// <summary>The configuration file, if there is one.</summary>
    public string ConfigFile { get; }

    /// <summary>What came to stdout so far.</summary>
    public string[] Output => _process.Output;

    /// <summary>What came to stderr so far.</summary>
    public string[] Errors => _process.Errors;

    /// <summary>The command line and the last lines of both outputs.</summary>
    public string Transcript => _process.Transcript;

    /// <summary>Starts `serve` on a free port and waits until it listens.</summary>
    /// <param name="settings">Lines of the configuration file.</param>
    public static SimulatorProcess Serve(params string[] settings) =>
        Listening(new SimulatorProcess(settings, ["serve", "--port", "0"]));

    /// <summary>Does the same with further arguments and without a configuration file.</summary>
    public static SimulatorProcess ServeWith(params string[] arguments) =>
        Listening(new SimulatorProcess(null, ["serve", "--port", "0", .. arguments]));

    /// <summary>Starts the simulator with some arguments.</summary>
    /// <param name="settings">Lines of a configuration file, or null for none.</param>
    /// <param name="arguments">The command line.</param>
    public static SimulatorProcess Start(string[] settings, params string[] arguments) =>
        new(settings, arguments);

    /// <summary>Starts `serve` from a command of the shell and waits until it listens.</summary>
    /// <param name="command">Has `"$0" "$@"` where the command line of the simulator goes.</param>
    /// <param name="settings">Lines of the configuration file.</param>
    public static SimulatorProcess ServeInShell(string command, params string[] settings) =>
        Listening(new SimulatorProcess(settings, ["serve", "--port", "0", "--plain"], command));

    /// <summary>Starts the simulator from a command of the shell, see ServeInShell.</summary>
    public static SimulatorProcess StartInShell(string command, params string[] arguments) =>
        new(null, arguments, command);

    /// <summary>The numbers of its handles (Linux).</summary>
    public int[] Handles() =>
        [.. Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd")
            .Select(path => int.Parse(Path.GetFileName(path)))];

    /// <summary>Changes how many handles it may have (Linux).</summary>
    public void LimitHandles(int most)
    {
        using var limit = new LineProcess(
            "prlimit", ["--pid", _process.Id.ToString(), $"--nofile={most}:"]);
        Assert.AreEqual(0, limit.WaitForExit(_patience), limit.Transcript);
    }

    /// <summary>Bytes of memory that it has resident.</summary>
    public long ResidentBytes() => _process.ResidentBytes();

    /// <summary>Waits until stdout has a line; fails the test when none comes.</summary>
    public string WaitForLine(Func<string, bool> isIt) => _process.WaitForLine(isIt, _patience);

    /// <summary>Waits until stdout has a line with some text in it.</summary>
    public string WaitForText(string text) =>
        WaitForLine(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Sends a signal by its POSIX name.</summary>
    public void Signal(string name) => _process.Signal(name);

    /// <summary>Waits for the end and returns the exit code.</summary>
    public int WaitForExit() => _process.WaitForExit(_patience);

    /// <summary>Kills the process if it still runs.</summary>
    public void Dispose()
    {
        _process.Dispose();
        if (ConfigFile != null)
        {
            File.Delete(ConfigFile);
        }
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
}
