namespace EdgeBroker.Simulator;

/// <summary>How verbs end, besides 0.</summary>
internal static class ExitCode
{
    /// <summary>Something was found wrong, or cannot be had: a port, memory, handles.</summary>
    public const int Failure = 1;

    /// <summary>The command line or a file is wrong.</summary>
    public const int Usage = 2;

    /// <summary>After Ctrl+C, as of a program that the signal ended.</summary>
    public const int Interrupted = 130;
}
