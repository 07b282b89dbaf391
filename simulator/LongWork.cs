using System;
using System.CommandLine;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace EdgeBroker.Simulator;

/// <summary>Work of a verb that signals end early, and that tidies up before it ends.</summary>
internal static class LongWork
{
    /// <summary>How long work may take to end; then the process ends without it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Gives a command its work.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="run">Ends soon after Ctrl+C, SIGTERM and SIGHUP.</param>
    public static void AddTo(Command command, Func<ParseResult, CancellationToken, int> run) =>
        command.SetAction((options, interrupted) =>
            Task.Run(() => Run(options, interrupted, run), CancellationToken.None));

    private static int Run(ParseResult options, CancellationToken interrupted,
        Func<ParseResult, CancellationToken, int> run)
    {
        // The library does not know of SIGHUP: a terminal that is closed.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var over = new TaskCompletionSource();
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(
            PosixSignal.SIGHUP, signal =>
            {
                ending.Cancel();
                signal.Cancel = over.Task.Wait(Patience);
            });
        try
        {
            return run(options, ending.Token);
        }
        finally
        {
            over.SetResult();
        }
    }
}
