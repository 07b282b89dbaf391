using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>What a start says besides the addresses that it listens on.</summary>
public static class StartReport
{
    private const double MiB = 1024 * 1024;

    /// <summary>What runs, with which settings, and how much memory it may take.</summary>
    /// <param name="config">The settings.</param>
    /// <param name="file">The file that they came from, or null.</param>
    /// <param name="limits">The limits that follow from them.</param>
    public static IEnumerable<(LogTypes, string)> Opening(
        ServeConfig config, string? file, BrokerLimits limits)
    {
        yield return (LogTypes.Information, $"{MqttBroker.Version} starts");
        yield return (LogTypes.Information, file == null
            ? "no configuration file: the defaults hold; --config FILE names one"
            : $"configuration file {file}");
        string board = config.Board == null ? "" : $", the limits of {config.Board.Name}";
        yield return (LogTypes.Information,
            $"memory for tables and messages: {Size(new MemoryLedger(limits).TotalBytes())} "
            + $"at most, taken when it is used{board}");
        foreach (ConfigRemark note in config.Notes)
        {
            yield return (LogTypes.Warning, note.ToString());
        }
    }

    /// <summary>Who can connect, and how to change that.</summary>
    /// <param name="config">The settings.</param>
    /// <param name="taken">Where the broker listens.</param>
    public static (LogTypes, string) Reach(ServeConfig config, IReadOnlyList<IPEndPoint> taken)
    {
        if (!config.AllowAnonymous)
        {
            return (LogTypes.Warning, "nobody can connect: allow_anonymous is false and there "
                + "are no passwords yet");
        }

        IPEndPoint? open = taken.FirstOrDefault(address => !IPAddress.IsLoopback(address.Address));
        return open == null
            ? (LogTypes.Information, "only programs on this computer can connect; to open the "
                + "broker to your network: --bind 0.0.0.0 --allow-anonymous")
            : (LogTypes.Warning, $"everybody who reaches {open} may connect: "
                + "allow_anonymous is true and there are no passwords yet");
    }

    private static string Size(long bytes)
    {
        return bytes < MiB
            ? bytes.ToString("N0", CultureInfo.InvariantCulture) + " bytes"
            : (bytes / MiB).ToString("N0", CultureInfo.InvariantCulture) + " MiB";
    }
}
