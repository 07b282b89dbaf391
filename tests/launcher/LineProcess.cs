using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests;

/// <summary>A process that speaks in lines. It never outlives its test.</summary>
internal sealed class LineProcess : IDisposable
{
    private const int TranscriptLines = 40;
    private const int TranscriptColumns = 300;

    private readonly Process _process;
    private readonly Action<string> _onLine;
    private readonly string _commandLine;
    private readonly bool _keepsOutput;
    private readonly object _gate = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private bool _outputEnded;

    /// <summary>Starts the process.</summary>
    /// <param name="fileName">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onLine">Called for each line of stdout, and with null at its end.</param>
    /// <param name="keepsOutput">False: only the last lines of stdout are kept.</param>
    public LineProcess(string fileName, IEnumerable<string> arguments,
        Action<string> onLine = null, bool keepsOutput = true)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        _onLine = onLine;
        _keepsOutput = keepsOutput;
        _commandLine = fileName + " " + string.Join(' ', start.ArgumentList);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => TakeOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => TakeError(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The number that the system knows it by.</summary>
    public int Id => _process.Id;

    /// <summary>What the process reads.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What came to stdout so far.</summary>
    public string[] Output => Copy(_output);

    /// <summary>What came to stderr so far.</summary>
    public string[] Errors => Copy(_errors);

    /// <summary>The command line and the last lines of both outputs.</summary>
    public string Transcript => string.Join("\n  ",
        Output.TakeLast(TranscriptLines).Concat(Errors.TakeLast(TranscriptLines))
            .Select(line => line.Length > TranscriptColumns
                ? line[..TranscriptColumns] + "..." : line)
            .Prepend(_commandLine));

    /// <summary>Bytes of memory that it has resident.</summary>
    public long ResidentBytes()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>Writes a line to what the process reads.</summary>
    public void WriteLine(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
    }

    /// <summary>Lets the process read its end of file.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits until stdout has a line; fails the test when none comes.</summary>
    public string WaitForLine(Func<string, bool> isIt, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        lock (_gate)
        {
            for (int seen = 0; ;)
            {
                for (; seen < _output.Count; seen++)
                {
                    if (isIt(_output[seen]))
                    {
                        return _output[seen];
                    }
                }

                TimeSpan left = patience - watch.Elapsed;
                if (_outputEnded || left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    Assert.Fail("no such line in:\n" + Transcript);
                }
            }
        }
    }

    /// <summary>Waits for the process to end by itself and returns its exit code.</summary>
    public int WaitForExit(TimeSpan patience)
    {
        if (!_process.WaitForExit(patience))
        {
            Assert.Fail("still running when time was up: " + Transcript);
        }

        // The overload without a time waits until both outputs are read to their ends.
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Sends a signal by its POSIX name; the shell knows the number.</summary>
    public void Signal(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("needs signals: run on Linux or macOS");
        }

        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -s {name} {_process.Id}"]);
        kill.WaitForExit();
        Assert.AreEqual(0, kill.ExitCode, "kill -s " + name);
    }

    /// <summary>SIGKILL: the process gets no chance to say goodbye.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit(TimeSpan.FromSeconds(5));
    }

    /// <summary>Kills the process if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void TakeOutput(string line)
    {
        lock (_gate)
        {
            if (line == null)
            {
                _outputEnded = true;
            }
            else
            {
                if (!_keepsOutput && _output.Count == TranscriptLines)
                {
                    _output.RemoveAt(0);
                }

                _output.Add(line);
            }

            Monitor.PulseAll(_gate);
        }

        _onLine?.Invoke(line);
    }

    private void TakeError(string line)
    {
        lock (_gate)
        {
            if (line != null)
            {
                _errors.Add(line);
            }
        }
    }

    private string[] Copy(List<string> lines)
    {
        lock (_gate)
        {
            return [.. lines];
        }
    }
}
