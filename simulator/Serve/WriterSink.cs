using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// Writes log lines to a stream, usually stdout. Says once on stderr when that is not possible.
/// </summary>
public sealed class WriterSink : ILogSink
{
    private const int BufferSize = 32 * 1024;

    private readonly TextWriter _writer;
    private readonly bool _hasTimestamp;
    private bool _hasComplained;

    /// <param name="stream">Where lines go; it is not closed.</param>
    /// <param name="hasTimestamp">Whether lines start with the time.</param>
    public WriterSink(Stream stream, bool hasTimestamp)
    {
        _hasTimestamp = hasTimestamp;
        var plain = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        _writer = new StreamWriter(stream, plain, BufferSize) { NewLine = Environment.NewLine };
    }

    /// <inheritdoc/>
    public void Add(DateTime at, string line)
    {
        string stamp = _hasTimestamp && at != default
            ? at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ ", CultureInfo.InvariantCulture)
            : "";
        Try(() => _writer.WriteLine(stamp + line));
    }

    /// <inheritdoc/>
    public void Flush()
    {
        Try(_writer.Flush);
    }

    /// <summary>
    /// Nobody reads the log any more, or the disk is full: the broker goes on without it.
    /// </summary>
    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            Complain(e.Message);
        }
    }

    private void Complain(string why)
    {
        if (_hasComplained)
        {
            return;
        }

        _hasComplained = true;
        try
        {
            Console.Error.WriteLine($"cannot write the log: {why}. The broker serves without it. "
                + "Give it another place, for example with a redirection of stdout.");
        }
        catch (IOException)
        {
            // stderr is gone as well.
        }
    }
}
