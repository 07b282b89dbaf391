using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EdgeBroker.Simulator.View;

/// <summary>Tells when the terminal changes size, and when Ctrl+Z and `fg` come.</summary>
public sealed partial class TerminalSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _suspend;
    private readonly Action _resume;
    private PosixSignalRegistration? _stop;

    /// <param name="resize">The terminal has another size.</param>
    /// <param name="suspend">The process is about to be stopped.</param>
    /// <param name="resume">The process goes on; may come more than once.</param>
    public TerminalSignals(Action resize, Action suspend, Action resume)
    {
        _suspend = suspend;
        _resume = resume;
        if (OperatingSystem.IsWindows())
        {
            return; // The view looks at the size itself; the others do not exist.
        }

        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => resize()));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => resume()));
        _stop = PosixSignalRegistration.Create(PosixSignal.SIGTSTP, OnStop);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop?.Dispose();
    }

    /// <summary>
    /// .NET does not stop a process whose SIGTSTP has a handler. So the handler goes, and the
    /// signal comes again: to this thread, which goes on when the process does.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    private void OnStop(PosixSignalContext context)
    {
        context.Cancel = true;
        _suspend();
        _stop!.Dispose(); // This is its handler.
        _ = raise(OperatingSystem.IsLinux() ? 20 : 18);
        _stop = PosixSignalRegistration.Create(PosixSignal.SIGTSTP, OnStop);
        _resume();
    }

    [LibraryImport("libc")]
    private static partial int raise(int signal);
}
