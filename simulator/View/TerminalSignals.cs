using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace EdgeBroker.Simulator.View;

/// <summary>Tells when the terminal changes size, and when Ctrl+Z and `fg` come.</summary>
internal sealed class TerminalSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <param name="resize">The terminal has another size.</param>
    /// <param name="suspend">The process is about to be stopped.</param>
    /// <param name="resume">The process goes on.</param>
    public TerminalSignals(Action resize, Action suspend, Action resume)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // The view looks at the size itself; the others do not exist.
        }

        // None is cancelled: the process stops and goes on as any other.
        On(PosixSignal.SIGWINCH, resize);
        On(PosixSignal.SIGTSTP, suspend);
        On(PosixSignal.SIGCONT, resume);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
    }

    private void On(PosixSignal signal, Action action)
    {
        _registrations.Add(PosixSignalRegistration.Create(signal, _ => action()));
    }
}
