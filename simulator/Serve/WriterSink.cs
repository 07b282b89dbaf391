using System;
using System.Globalization;
using System.IO;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Writes log lines to a stream, usually stdout.</summary>
public sealed class WriterSink : ILogSink
{
    private readonly TextWriter _writer;
    private readonly bool _hasTimestamp;

    /// <param name="stream">Where lines go; it is not closed.</param>
    /// <param name="hasTimestamp">Whether lines start with the time.</param>
    public WriterSink(Stream stream, bool hasTimestamp)
    {
        _hasTimestamp = hasTimestamp;
        _writer = new StreamWriter(stream) { NewLine = Environment.NewLine };
    }

    /// <inheritdoc/>
    public void Add(DateTime at, string line)
    {
        string stamp = _hasTimestamp
            ? at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ ", CultureInfo.InvariantCulture)
            : "";
        Try(() => _writer.WriteLine(stamp + line));
    }

    /// <inheritdoc/>
    public void Flush()
    {
        Try(_writer.Flush);
    }

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // Nobody reads the log any more, or the disk is full: the broker goes on without.
        }
    }
}
