namespace EdgeBroker.Simulator.Net;

/// <summary>Which of the first 64 processors a thread may run on; Linux.</summary>
internal static class Affinity
{
    /// <summary>A bit for each processor, or null when the kernel does not tell.</summary>
    public static unsafe ulong? Of(int thread)
    {
        ulong mask = 0;
        return Libc.sched_getaffinity(thread, sizeof(ulong), &mask) < 0 ? null : mask;
    }

    /// <summary>Moves a thread; one that may not be moved stays where it is.</summary>
    public static unsafe void Set(int thread, ulong mask)
    {
        _ = Libc.sched_setaffinity(thread, sizeof(ulong), &mask);
    }
}
