using System;
using System.IO;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Lab.Record;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// The recording of a broker that serves. When its file fails, the broker goes on.
/// </summary>
public sealed class SessionRecording : IDisposable
{
    private const int MostHeldMs = 1000;

    private readonly string _path;
    private readonly LogQueue _log;
    private readonly RecordingWriter _writer;
    private bool _hasFailed;

    private SessionRecording(string path, Stream stream, Recording what, LogQueue log)
    {
        _path = path;
        _log = log;
        _writer = new RecordingWriter(stream, what, Fail) { MostHeldMs = MostHeldMs };
    }

    /// <summary>
    /// Begins, before the broker's first verb and when nothing else can fail: a broker that does
    /// not start leaves no file behind.
    /// </summary>
    /// <param name="path">The file; null for no recording.</param>
    /// <param name="broker">The broker.</param>
    /// <param name="limits">What it was made with.</param>
    /// <param name="config">What it was made with.</param>
    /// <param name="startMs">What it was made with.</param>
    /// <param name="log">Told how the recording fares.</param>
    /// <param name="failure">Null, or a sentence that says why there is none.</param>
    /// <returns>The recording, or null.</returns>
    public static SessionRecording? Begin(string? path, MqttBroker broker, BrokerLimits limits,
        ServeConfig config, long startMs, LogQueue log, out string? failure)
    {
        failure = null;
        Stream? stream = path == null ? null : OutputFile.Create(path, "--record", out failure);
        if (stream == null)
        {
            return null;
        }

        var recording = new SessionRecording(path!, stream, new Recording(limits, config.Settings,
            config.AllowAnonymous, startMs, DateTime.UtcNow), log);
        broker.SetTap(recording._writer);
        return recording;
    }

    /// <summary>Says what is recorded.</summary>
    public void Announce()
    {
        if (!_hasFailed)
        {
            _log.Add(LogTypes.Warning, $"recording to {_path}: everything that clients send is "
                + "written there, passwords too");
        }
    }

    /// <summary>The settings were read again. On the core's thread.</summary>
    public void SettingsChanged(ServeConfig config) =>
        _writer.SettingsChanged(config.Settings, config.AllowAnonymous);

    /// <summary>The broker has ended.</summary>
    public void End(MqttBroker broker)
    {
        broker.SetTap(null);
        _writer.End(broker);
        if (!_hasFailed)
        {
            _log.Add(LogTypes.Information, $"recorded in {_path}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Fail(Exception e)
    {
        _hasFailed = true;
        _log.Add(LogTypes.Error, $"the recording has ended and the broker goes on: {_path} takes "
            + $"no more: {e.Message} What was written until now can be replayed");
    }
}
