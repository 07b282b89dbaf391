using System;
using System.Collections.Generic;
using System.IO;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Record;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// The files that a run leaves behind if they are wanted: a recording, one for each start of the
/// broker, and a capture of everything.
/// </summary>
internal sealed class RunFiles : Checker, IDisposable
{
    private readonly string? _recordPath;
    private readonly string? _pcapPath;
    private readonly TraceHash _hash = new();
    private readonly List<VerbTap> _taps;
    private RecordingWriter? _recording;
    private PcapWriter? _pcap;
    private MqttBroker? _broker;
    private int _starts;

    /// <param name="recordPath">Where recordings go, or null.</param>
    /// <param name="pcapPath">Where the capture goes, or null.</param>
    public RunFiles(string? recordPath, string? pcapPath)
        : base("files")
    {
        _recordPath = recordPath;
        _pcapPath = pcapPath;
        _taps = [_hash];
        Tap = new TapList(_taps);
    }

    /// <summary>To be told of every verb.</summary>
    public VerbTap Tap { get; }

    /// <summary>Stands for all that happened.</summary>
    public ulong Trace => _hash.Value;

    /// <inheritdoc/>
    public override void Started()
    {
        End();
        _broker = Facts.Broker;
        if (_recordPath != null)
        {
            string path = ++_starts == 1 ? _recordPath : $"{_recordPath}.{_starts}";
            _recording = new RecordingWriter(File.Create(path), new Recording(
                Facts.Limits, Facts.Settings, true, Facts.NowMs, DateTime.UnixEpoch));
            _taps.Add(_recording);
        }

        if (_pcapPath != null && _pcap == null)
        {
            _pcap = new PcapWriter(File.Create(_pcapPath), Facts.NowMs, DateTime.UnixEpoch);
            _taps.Add(_pcap);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _pcap?.Dispose();
    }

    private void End()
    {
        if (_recording != null)
        {
            _taps.Remove(_recording);
            _recording.End(_broker!);
            _recording.Dispose();
            _recording = null;
        }
    }
}
