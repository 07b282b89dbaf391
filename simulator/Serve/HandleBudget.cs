using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Sees at the start that all connections can have handles.</summary>
public static class HandleBudget
{
    /// <summary>Lowers max_connections to what the system gives this process.</summary>
    /// <returns>A line for the log, or null when nothing had to be lowered.</returns>
    public static string? Fit(DesktopLimits limits, int handles)
    {
        int asked = limits.MaxConnections;
        limits.FitInto(HandleLimit.MostConnections(handles));
        return limits.MaxConnections == asked
            ? null
            : $"max_connections is {limits.MaxConnections} and not {asked}: the system gives this "
                + $"process {handles} handles. A higher limit (ulimit -n) takes more clients";
    }
}
