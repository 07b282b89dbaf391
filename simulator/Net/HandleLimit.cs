using System;

namespace EdgeBroker.Simulator.Net;

/// <summary>How many handles the system gives this process, and who may have them.</summary>
public static class HandleLimit
{
    /// <summary>
    /// Handles that clients never get. .NET ends the process when it needs one and there is none
    /// (dotnet/runtime#72067: even starting a thread takes two).
    /// </summary>
    public const int Kept = 100;

    /// <summary>With fewer than this .NET cannot even load the program's parts.</summary>
    public const int Fewest = Kept + 10;

    private const int FewestConnections = 1;

    /// <summary>Handles this process may have; int.MaxValue where that is not limited.</summary>
    public static unsafe int Read()
    {
        if (OperatingSystem.IsWindows())
        {
            return int.MaxValue;
        }

        // The limit that holds now, and the one it could be raised to: .NET has done that.
        nuint* limits = stackalloc nuint[2];
        int resource = OperatingSystem.IsLinux() ? Libc.HandleLimitLinux : Libc.HandleLimitOthers;
        return Libc.getrlimit(resource, limits) == 0
            ? (int)Math.Min(limits[0], int.MaxValue)
            : int.MaxValue;
    }

    /// <summary>How many connections fit under a limit beside the handles that are kept.</summary>
    public static int MostConnections(int limit)
    {
        return limit == int.MaxValue ? limit : Math.Max(limit - Kept, FewestConnections);
    }
}
