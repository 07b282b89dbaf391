using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// Reads the configuration again and gives a running broker what it can take over. With an error
/// nothing changes.
/// </summary>
public sealed class Reload
{
    private readonly RunningBroker _running;
    private readonly ServeRequest _request;
    private readonly IReadOnlyList<ListenAddress> _listeners;
    private readonly Lock _lock = new();

    /// <param name="running">The broker.</param>
    /// <param name="request">Names the file.</param>
    /// <param name="listeners">Where it listens, whatever the file says by now.</param>
    public Reload(RunningBroker running, ServeRequest request,
        IReadOnlyList<ListenAddress> listeners)
    {
        _running = running;
        _request = request;
        _listeners = listeners;
    }

    /// <summary>Reads on the calling thread; the broker's own thread takes over.</summary>
    public void Run()
    {
        lock (_lock)
        {
            if (_request.File == null)
            {
                _running.Log.Add(LogTypes.Warning, "SIGHUP: there is no configuration file to "
                    + "read again; name one with --config when you start the broker");
                return;
            }

            var errors = new List<string>();
            ServeConfig fresh = _request.Load(errors, out _);
            if (errors.Count == 0)
            {
                // The lines that named the listeners may be gone.
                errors.AddRange(ServeRequest.TooOpen(
                    fresh, _listeners.Select(listener => listener with { Line = null })));
            }

            FileStream? stream = errors.Count == 0 ? OpenFile(fresh, errors) : null;
            if (errors.Count > 0)
            {
                errors.ForEach(error => _running.Log.Add(LogTypes.Error, error));
                _running.Log.Add(LogTypes.Error, $"{_request.File} was read again and has "
                    + "errors: nothing has changed; correct it and send SIGHUP again");
                return;
            }

            _running.Destinations.Use(fresh, stream);
            _running.Host.Post(() => TakeOver(fresh));
        }
    }

    private static FileStream? OpenFile(ServeConfig fresh, List<string> errors)
    {
        string? path = fresh.LogTargets.File;
        try
        {
            return LogDestinations.OpenFile(path);
        }
        catch (Exception e) when (ConfigFile.IsOfFiles(e))
        {
            errors.Add(LogDestinations.Failure(path!, e)); // Only a file fails.
            return null;
        }
    }

    /// <summary>Runs on the thread of the core, whose settings change.</summary>
    private void TakeOver(ServeConfig fresh)
    {
        ServeConfig config = _running.Config;
        Keyword[] changed = [.. Keywords.All.Where(keyword =>
            keyword != Keywords.IncludeDir
            && config.Values.GetValueOrDefault(keyword.Name)
                != fresh.Values.GetValueOrDefault(keyword.Name))];
        string taken = List(fresh, changed.Where(keyword => keyword.IsTakenOver));
        string waiting = List(fresh, changed.Where(keyword => !keyword.IsTakenOver));
        config.TakeOver(fresh);
        _running.Admission.IsOpen = config.AllowAnonymous;
        _running.Recording?.SettingsChanged(config);
        _running.Events.HasConnectionMessages = config.HasConnectionMessages;
        // What is said here is wanted by somebody who just asked for it.
        _running.Log.Types = config.LogTypes | LogTypes.Information | LogTypes.Warning;
        Say(taken, waiting, fresh);
        _running.Log.Types = config.LogTypes;
    }

    private void Say(string taken, string waiting, ServeConfig fresh)
    {
        LogQueue log = _running.Log;
        log.Add(LogTypes.Information, $"read {_request.File} again");
        fresh.Notes.ForEach(note => log.Add(LogTypes.Warning, note.ToString()));
        if (taken.Length > 0)
        {
            log.Add(LogTypes.Information, $"taken over: {taken}");
        }

        if (waiting.Length > 0)
        {
            log.Add(LogTypes.Warning, $"needs a restart: {waiting}");
        }

        if (taken.Length + waiting.Length == 0)
        {
            log.Add(LogTypes.Information, "no setting has changed");
        }
    }

    private static string List(ServeConfig fresh, IEnumerable<Keyword> keywords)
    {
        return string.Join(", ", keywords.Select(keyword => keyword.Name + " "
            + fresh.Values.GetValueOrDefault(keyword.Name, $"{keyword.Default} (the default)")));
    }
}
