using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// Hands each log line to everywhere that `log_dest` names. A live view takes the place of
/// stdout and stderr while it is there.
/// </summary>
public sealed class LogDestinations : ILogSink, IDisposable
{
    private readonly Stream _stdout = StandardStreams.OpenOutput();
    private readonly Stream _stderr = StandardStreams.OpenError();
    private readonly Lock _lock = new();
    private readonly List<ILogSink> _consoles = [];
    private FileStream? _stream;
    private WriterSink? _file;
    private WriterSink _console = null!; // Use comes first.
    private volatile ILogSink? _view;

    /// <summary>Opens a file for log lines, which go to its end.</summary>
    /// <param name="path">The file, or null for none.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be opened.</exception>
    public static FileStream? OpenFile(string? path)
    {
        if (path == null)
        {
            return null;
        }

        var stream = new FileStream(path, FileMode.OpenOrCreate,
            FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        GoToTheEnd(stream);
        return stream;
    }

    /// <summary>What to say of a file that cannot be opened.</summary>
    public static string Failure(string path, Exception e)
    {
        return $"log_dest file {path} cannot be opened: {e.Message} "
            + "Check that the folder exists and that you may write there.";
    }

    /// <summary>
    /// Sends the lines to these places from now on. Waits for what is being written, so it is not
    /// for the broker's thread.
    /// </summary>
    /// <param name="config">Names the places.</param>
    /// <param name="stream">Its file as OpenFile gave it; the one before is closed.</param>
    public void Use(ServeConfig config, FileStream? stream)
    {
        lock (_lock)
        {
            Close();
            _stream = stream;
            bool hasTimestamp = config.HasLogTimestamp;
            _file = stream == null ? null : NewSink(stream, hasTimestamp);
            _consoles.Clear();
            _console = NewSink(_stdout, hasTimestamp);
            if (config.LogTargets.HasStdout)
            {
                _consoles.Add(_console);
            }

            if (config.LogTargets.HasStderr)
            {
                _consoles.Add(NewSink(_stderr, hasTimestamp));
            }
        }
    }

    /// <summary>Shows the lines in a view instead of on stdout and stderr.</summary>
    /// <param name="view">The view; null ends that.</param>
    /// <remarks>Does not wait, even when nobody takes what is being written.</remarks>
    public void ShowIn(ILogSink? view)
    {
        _view = view;
    }

    /// <summary>Writes a line on stdout as it is, wherever the log goes.</summary>
    public void Announce(string line)
    {
        lock (_lock)
        {
            _console.Add(default, line);
            _console.Flush();
        }
    }

    /// <inheritdoc/>
    public void Add(DateTime at, string line)
    {
        lock (_lock)
        {
            _file?.Add(at, line);
            ILogSink? view = _view;
            if (view == null)
            {
                _consoles.ForEach(console => console.Add(at, line));
            }
            else
            {
                view.Add(at, line);
            }
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        lock (_lock)
        {
            FlushFile();
            _view?.Flush();
            _consoles.ForEach(console => console.Flush());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Who holds the lock writes to somebody who does not read; the end does not wait for it.
        if (_lock.TryEnter())
        {
            Close();
            _lock.Exit();
        }
    }

    private static WriterSink NewSink(Stream stream, bool hasTimestamp)
    {
        return new WriterSink(stream, hasTimestamp);
    }

    /// <summary>Again and again, for somebody may empty the file, as logrotate does.</summary>
    private static void GoToTheEnd(FileStream? stream)
    {
        if (stream is { CanSeek: true })
        {
            stream.Seek(0, SeekOrigin.End);
        }
    }

    private void FlushFile()
    {
        GoToTheEnd(_stream);
        _file?.Flush();
    }

    private void Close()
    {
        FlushFile();
        _consoles.ForEach(console => console.Flush());
        try
        {
            _stream?.Dispose();
        }
        catch (IOException)
        {
            // The disk is full; the lines are lost, the broker goes on.
        }

        _stream = null;
        _file = null;
    }
}
