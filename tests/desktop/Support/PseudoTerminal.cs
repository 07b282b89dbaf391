using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Support;

/// <summary>
/// A shell in a terminal of its own, made by `script` of util-linux; what is typed and what is
/// shown. It ends with its test.
/// </summary>
internal sealed class PseudoTerminal : IDisposable
{
    /// <summary>The simulator as a command of the shell.</summary>
    public static readonly string Simulator =
        $"'{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"}' "
        + $"'{Path.Combine(AppContext.BaseDirectory, "EdgeBroker.Simulator.dll")}'";

    private const string Script = "/usr/bin/script";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _shown = new();
    private readonly Task _reading;
    private int _seen;

    /// <summary>Runs a command of the shell in a new terminal.</summary>
    /// <param name="command">The command.</param>
    /// <param name="environment">Variables to set.</param>
    public PseudoTerminal(string command, params (string Name, string Value)[] environment)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Script))
        {
            Assert.Inconclusive("needs `script` of util-linux to make a terminal");
        }

        var start = new ProcessStartInfo(Script, ["-q", "-e", "-f", "-c", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        // What the tests themselves run in does not count.
        start.Environment.Remove("CI");
        start.Environment.Remove("NO_COLOR");
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["SHELL"] = "/bin/sh";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start);
        _reading = Task.Run(Read);
    }

    /// <summary>Everything that was shown so far.</summary>
    public string Shown
    {
        get
        {
            lock (_shown)
            {
                return _shown.ToString();
            }
        }
    }

    /// <summary>Types keys.</summary>
    public void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits until a text is shown, behind the one that was waited for last.</summary>
    /// <returns>What was shown in between.</returns>
    public string WaitFor(string text)
    {
        long end = Environment.TickCount64 + (long)_patience.TotalMilliseconds;
        lock (_shown)
        {
            while (true)
            {
                string news = _shown.ToString(_seen, _shown.Length - _seen);
                int at = news.IndexOf(text, StringComparison.Ordinal);
                if (at >= 0)
                {
                    _seen += at + text.Length;
                    return news[..at];
                }

                int left = (int)(end - Environment.TickCount64);
                if (left <= 0 || _reading.IsCompleted)
                {
                    Assert.Fail($"\"{Visible(text)}\" is not shown in: {Visible(news)}");
                }

                Monitor.Wait(_shown, left);
            }
        }
    }

    /// <summary>Waits until `serve` says on which port of 127.0.0.1 it listens.</summary>
    public int WaitForPort()
    {
        WaitFor("listening on 127.0.0.1:");
        return int.Parse(WaitFor("\n"));
    }

    /// <summary>Waits for the end of the command and returns its exit code.</summary>
    public int WaitForExit()
    {
        if (!_process.WaitForExit(_patience) || !_reading.Wait(_patience))
        {
            Assert.Fail("still running: " + Visible(Shown));
        }

        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static string Visible(string text)
    {
        return text.Replace("\u001b", "\\e");
    }

    private void Read()
    {
        var buffer = new char[4096];
        int count;
        while ((count = _process.StandardOutput.Read(buffer)) > 0)
        {
            lock (_shown)
            {
                _shown.Append(buffer, 0, count);
                Monitor.PulseAll(_shown);
            }
        }

        lock (_shown)
        {
            Monitor.PulseAll(_shown);
        }
    }
}
