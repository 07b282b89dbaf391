using System;
using System.Runtime.InteropServices;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// SIGHUP asks to read the configuration again. SIGUSR1 and SIGUSR2, which mosquitto uses for its
/// database, end nothing. Windows has none of them.
/// </summary>
public sealed class ReloadSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="reload">Called for SIGHUP, on a thread of its own.</param>
    /// <param name="tell">Takes a sentence about a signal that does nothing.</param>
    public ReloadSignals(Action reload, Action<string> tell)
    {
        // The numbers of Linux, and those of macOS and the BSDs.
        (int first, int second) = OperatingSystem.IsLinux() ? (10, 12) : (30, 31);
        _registrations = OperatingSystem.IsWindows()
            ? []
            :
            [
                On(PosixSignal.SIGHUP, reload),
                On((PosixSignal)first, () => tell("SIGUSR1 does nothing here: there is no "
                    + "persistence yet, so nothing is written to disk")),
                On((PosixSignal)second, () => tell("SIGUSR2 does nothing here: "
                    + "$SYS has the figures of the broker")),
            ];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private static PosixSignalRegistration On(PosixSignal signal, Action action)
    {
        return PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            action();
        });
    }
}
