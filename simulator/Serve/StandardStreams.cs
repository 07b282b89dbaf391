using System;
using System.IO;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.Serve;

/// <summary>
/// Stdout and stderr, or nothing where they were closed from the start: their numbers may belong
/// to something else by now, a pipe of the runtime or a client.
/// </summary>
public static class StandardStreams
{
    private const int OutputNumber = 1;
    private const int ErrorNumber = 2;

    private static readonly bool _hasOutput = IsInherited(OutputNumber);
    private static readonly bool _hasError = IsInherited(ErrorNumber);

    /// <summary>Keeps the console away from what is closed; to be called first of all.</summary>
    public static void Guard()
    {
        if (!_hasOutput)
        {
            Console.SetOut(TextWriter.Null);
        }

        if (!_hasError)
        {
            Console.SetError(TextWriter.Null);
        }
    }

    /// <summary>Opens stdout for bytes.</summary>
    public static Stream OpenOutput()
    {
        return _hasOutput ? Console.OpenStandardOutput() : Stream.Null;
    }

    /// <summary>Opens stderr for bytes.</summary>
    public static Stream OpenError()
    {
        return _hasError ? Console.OpenStandardError() : Stream.Null;
    }

    /// <summary>What a process opens itself, .NET marks to be closed in its children.</summary>
    private static bool IsInherited(int handle)
    {
        return OperatingSystem.IsWindows() || Libc.fcntl(handle, Libc.GetHandleFlags) == 0;
    }
}
