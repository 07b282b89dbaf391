using System;
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
    private readonly Ear _ear;
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
        _ear = new Ear(this);
    }

    /// <summary>To be told of every verb.</summary>
    public VerbTap Tap => _ear;

    /// <summary>Stands for all that happened.</summary>
    public ulong Trace => _ear.Hash.Value;

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
        }

        if (_pcapPath != null && _pcap == null)
        {
            _pcap = new PcapWriter(File.Create(_pcapPath), Facts.NowMs, DateTime.UnixEpoch);
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
            _recording.End(_broker!);
            _recording.Dispose();
            _recording = null;
        }
    }

    private sealed class Ear(RunFiles files) : VerbTap
    {
        public TraceHash Hash { get; } = new();

        public override void Opened(int slot, int address, long nowMs)
        {
            Hash.Opened(slot, address, nowMs);
            files._recording?.Opened(slot, address, nowMs);
            files._pcap?.Opened(slot, address, nowMs);
        }

        public override void Received(int slot, byte[] buffer, int offset, int count, long nowMs)
        {
            Hash.Received(slot, buffer, offset, count, nowMs);
            files._recording?.Received(slot, buffer, offset, count, nowMs);
            files._pcap?.Received(slot, buffer, offset, count, nowMs);
        }

        public override void Transmitted(
            int slot, byte[] buffer, int offset, int capacity, int count, long nowMs)
        {
            Hash.Transmitted(slot, buffer, offset, capacity, count, nowMs);
            files._recording?.Transmitted(slot, buffer, offset, capacity, count, nowMs);
            files._pcap?.Transmitted(slot, buffer, offset, capacity, count, nowMs);
        }

        public override void Blocked(int slot, long nowMs)
        {
            Hash.Blocked(slot, nowMs);
            files._recording?.Blocked(slot, nowMs);
            files._pcap?.Blocked(slot, nowMs);
        }

        public override void Ticked(long nowMs)
        {
            Hash.Ticked(nowMs);
            files._recording?.Ticked(nowMs);
            files._pcap?.Ticked(nowMs);
        }

        public override void Closed(int slot, long nowMs)
        {
            Hash.Closed(slot, nowMs);
            files._recording?.Closed(slot, nowMs);
            files._pcap?.Closed(slot, nowMs);
        }

        public override void ShutDown(long nowMs)
        {
            Hash.ShutDown(nowMs);
            files._recording?.ShutDown(nowMs);
            files._pcap?.ShutDown(nowMs);
        }
    }
}
