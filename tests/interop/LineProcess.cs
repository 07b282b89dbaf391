using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>A process that speaks in lines. It never outlives its test.</summary>
internal sealed class LineProcess : IDisposable
{
    private const int TranscriptLines = 40;
    private const int TranscriptColumns = 300;

    private readonly Process _process;
    private readonly Queue<string> _transcript = new();
    private readonly string _commandLine;

    /// <param name="onLine">Called for each line of stdout, and with null at its end.</param>
    public LineProcess(string fileName, IEnumerable<string> arguments, Action<string> onLine)
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
        _commandLine = fileName + " " + string.Join(' ', start.ArgumentList);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) =>
        {
            Note(line.Data);
            onLine(line.Data);
        };
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The command line and the last lines of both outputs.</summary>
    public string Transcript
    {
        get
        {
            lock (_transcript)
            {
                return _commandLine + "\n  " + string.Join("\n  ", _transcript);
            }
        }
    }

    public void WriteLine(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
    }

    public void CloseInput()
    {
        _process.StandardInput.Close();
    }

    /// <summary>Waits for the process to end by itself and returns its exit code.</summary>
    public int WaitForExit(Deadline deadline)
    {
        if (!_process.WaitForExit(deadline.Left))
        {
            Assert.Fail("still running when time was up: " + _commandLine);
        }

        // The overload without a time waits until both outputs are read to their ends.
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Sends a signal by its POSIX name; the shell knows the number.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -s {name} {_process.Id}"]);
        kill.WaitForExit();
        Assert.AreEqual(0, kill.ExitCode, $"kill -s {name}");
    }

    /// <summary>SIGKILL: the process gets no chance to say goodbye.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit(TimeSpan.FromSeconds(5));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Note(string line)
    {
        if (line == null)
        {
            return;
        }

        lock (_transcript)
        {
            bool tooLong = line.Length > TranscriptColumns;
            _transcript.Enqueue(tooLong ? line.Substring(0, TranscriptColumns) + "..." : line);
            if (_transcript.Count > TranscriptLines)
            {
                _transcript.Dequeue();
            }
        }
    }
}
