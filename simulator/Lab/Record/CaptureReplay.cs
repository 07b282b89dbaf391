using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Plays the clients of a capture into a broker and sums up what it answers.</summary>
internal sealed class CaptureReplay
{
    // Nothing is silent for so long; one that is has had its clock set.
    private const long MostStepMs = 24 * 3600 * 1000L;

    private readonly CaptureFile _file;
    private readonly FrameHeaders _headers = new();
    private readonly int _port;
    private long _frames;
    private long _jumps;

    /// <param name="stream">The capture, at its start.</param>
    /// <param name="port">The TCP port of the broker in it.</param>
    public CaptureReplay(Stream stream, int port)
    {
        _file = new CaptureFile(stream);
        _port = port;
    }

    /// <summary>Whether there was anything to play.</summary>
    public bool HasClients { get; private set; }

    /// <summary>Plays everything.</summary>
    /// <param name="what">The broker; its start is that of the first frame.</param>
    /// <param name="print">Takes a line for each packet, or null.</param>
    /// <param name="tap">Makes who is told of every verb, from the time of the start; or null.
    /// </param>
    /// <returns>The summary, in lines.</returns>
    public IEnumerable<string> Play(ReplayBroker what, TextWriter? print,
        Func<long, DateTime, VerbTap>? tap)
    {
        using IEnumerator<CapturedFrame> frames = _file.Frames().GetEnumerator();
        if (!frames.MoveNext())
        {
            return [.. Remarks(), "the capture holds no frames"];
        }

        long startMs = frames.Current.TimeUs / 1000;
        var printer = new ConversationPrinter(print ?? TextWriter.Null, startMs);
        var broker = new MqttBroker(what.Limits, what.Settings,
            new OpenAuthenticator(what.AllowsAnonymous), printer, startMs);
        printer.Attach(broker);
        broker.SetTap(tap?.Invoke(startMs, DateTime.UnixEpoch.AddMilliseconds(startMs)));
        var host = new CaptureHost(broker, what.Limits, printer, startMs);
        var clients = new CapturedClients(_port, host);
        long endMs = startMs;
        long frameMs = startMs;
        do
        {
            _frames++;
            long stepMs = (frames.Current.TimeUs / 1000) - frameMs;
            frameMs += stepMs;
            _jumps += stepMs is < -1 or > MostStepMs ? 1 : 0; // Frames of two interfaces may cross.
            endMs += Math.Clamp(stepMs, 0, MostStepMs);
            if (_headers.Find(frames.Current) is { } segment)
            {
                host.PassTo(endMs);
                clients.Take(segment);
            }
        }
        while (frames.MoveNext());

        clients.Finish();
        HasClients = clients.Count > 0;
        return [.. Remarks(), .. clients.Remarks(), .. Summary(broker, host, printer, clients,
            endMs - startMs)];
    }

    private IEnumerable<string> Remarks()
    {
        if (_file.Cut != null)
        {
            yield return _file.Cut;
        }

        if (_jumps > 0)
        {
            yield return $"the clock of the capture was set {_jumps} times: a step back counts as "
                + "no time, and one of more than a day as a day";
        }

        if (_headers.UnknownLinks > 0)
        {
            yield return $"{_headers.UnknownLinks} frames are of the kind {_headers.UnknownLink} "
                + "(tcpdump.org/linktypes.html), which this program cannot read: left out";
        }

        if (_headers.Fragments > 0)
        {
            yield return $"{_headers.Fragments} IP packets are fragments: left out";
        }
    }

    private IEnumerable<string> Summary(MqttBroker broker, CaptureHost host,
        ConversationPrinter printer, CapturedClients clients, long passedMs)
    {
        if (clients.Count == 0)
        {
            yield return $"{_frames} frames, but no connection to port {_port} begins in them; "
                + "--port N names another port";
            yield break;
        }

        yield return string.Create(CultureInfo.InvariantCulture,
            $"{_frames} frames, {passedMs / 1000.0:F3} s: {clients.Count} connections sent "
            + $"{host.BytesIn} bytes, {printer.PacketsIn} packets; the broker answered "
            + $"{host.BytesOut} bytes, {printer.PacketsOut} packets");
        if (host.BytesUnread > 0)
        {
            yield return $"{host.BytesUnread} bytes came after the broker had closed";
        }

        long[] counters = new long[Counter.Count];
        broker.ReadCounters(counters);
        yield return string.Join(", ", Enumerable.Range(0, Counter.Count)
            .Where(i => counters[i] != 0).Select(i => $"{Counter.NameOf(i)} {counters[i]}"));
    }
}
