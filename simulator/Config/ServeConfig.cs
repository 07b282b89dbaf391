using System.Collections.Generic;
using System.Linq;
using System.Net;
using EdgeBroker.Boards;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Config;

/// <summary>What `serve` is told by its configuration file; new ones hold the defaults.</summary>
public sealed class ServeConfig
{
    /// <summary>The port of MQTT.</summary>
    public const int DefaultPort = 1883;

    /// <summary>The board whose limits are used instead of Limits, or null.</summary>
    public BoardProfile? Board { get; set; }

    /// <summary>Sizes of everything.</summary>
    public DesktopLimits Limits { get; } = new();

    /// <summary>Behaviour of the core; its hash seed is chosen at the start.</summary>
    public BrokerSettings Settings { get; } = new() { SlowGraceMs = 200, MaxQos = 2 };

    /// <summary>The listeners that the keyword `listener` named.</summary>
    public List<ListenAddress> Listeners { get; } = [];

    /// <summary>Port of the listener made by `port` and `bind_address`.</summary>
    public int Port { get; set; } = DefaultPort;

    /// <summary>Address of that listener.</summary>
    public IPAddress BindAddress { get; set; } = IPAddress.Loopback;

    /// <summary>What was said of `allow_anonymous`, or null when nothing was.</summary>
    public bool? StatedAnonymous { get; set; }

    /// <summary>Whether clients may connect; as there are no passwords, nobody else may.</summary>
    public bool AllowAnonymous => StatedAnonymous ?? true;

    /// <summary>The kinds that `log_type` lines named.</summary>
    public LogTypes NamedLogTypes { get; private set; }

    /// <summary>The line that says `log_type none`, or null.</summary>
    public ConfigLine? LogNoneLine { get; private set; }

    /// <summary>A line that names another log type, or null.</summary>
    public ConfigLine? LogSomeLine { get; private set; }

    /// <summary>Where the log goes.</summary>
    public LogTargets LogTargets { get; private set; } = new();

    /// <summary>Whether log lines start with the time.</summary>
    public bool HasLogTimestamp { get; set; } = true;

    /// <summary>Whether clients that come and go are logged; refusals always are.</summary>
    public bool HasConnectionMessages { get; set; } = true;

    /// <summary>The file that holds the process id, or null.</summary>
    public string? PidFile { get; set; }

    /// <summary>The line of each keyword that was stated; the first if repeated.</summary>
    public Dictionary<string, ConfigLine> Lines { get; } = [];

    /// <summary>What was stated of each keyword; joined with commas if repeated.</summary>
    public Dictionary<string, string> Values { get; } = [];

    /// <summary>What to say at the start about lines that do nothing here.</summary>
    public List<ConfigRemark> Notes { get; } = [];

    /// <summary>The line that is being read; null before the first one.</summary>
    public ConfigLine? CurrentLine { get; set; }

    /// <summary>The kinds of lines to log.</summary>
    public LogTypes LogTypes => NamedLogTypes == LogTypes.None && LogNoneLine == null
        ? LogTypes.All
        : NamedLogTypes;

    /// <summary>Takes what the line that is being read names as `log_type`.</summary>
    public void AddLogType(LogTypes type)
    {
        NamedLogTypes |= type;
        if (type == LogTypes.None)
        {
            LogNoneLine = CurrentLine;
        }
        else
        {
            LogSomeLine = CurrentLine;
        }
    }

    /// <summary>Notes that the line that is being read does nothing here, and why.</summary>
    public void AddNote(string sentence)
    {
        Notes.Add(new ConfigRemark(CurrentLine!, sentence));
    }

    /// <summary>
    /// Takes over what a running broker can: the keywords that Keyword.IsTakenOver. By the thread
    /// of the core only, which reads the settings.
    /// </summary>
    public void TakeOver(ServeConfig fresh)
    {
        StatedAnonymous = fresh.StatedAnonymous;
        NamedLogTypes = fresh.NamedLogTypes;
        LogNoneLine = fresh.LogNoneLine;
        LogTargets = fresh.LogTargets;
        HasLogTimestamp = fresh.HasLogTimestamp;
        HasConnectionMessages = fresh.HasConnectionMessages;
        Settings.MaxKeepAliveS = fresh.Settings.MaxKeepAliveS;
        Settings.RetainAvailable = fresh.Settings.RetainAvailable;
        Settings.AllowZeroLengthClientId = fresh.Settings.AllowZeroLengthClientId;
        Settings.ClientIdPrefix = fresh.Settings.ClientIdPrefix;
        Settings.ConnectTimeoutMs = fresh.Settings.ConnectTimeoutMs;
        Settings.PacketTimeoutMs = fresh.Settings.PacketTimeoutMs;
        Settings.QueueFullDeadlineMs = fresh.Settings.QueueFullDeadlineMs;
        foreach (Keyword keyword in Keywords.All.Where(keyword => keyword.IsTakenOver))
        {
            Values.Remove(keyword.Name);
            if (fresh.Values.TryGetValue(keyword.Name, out string? value))
            {
                Values.Add(keyword.Name, value);
            }
        }
    }

    /// <summary>Everywhere to listen.</summary>
    public List<ListenAddress> AllListeners()
    {
        ConfigLine? line = Lines.GetValueOrDefault("port")
            ?? Lines.GetValueOrDefault("bind_address");
        var all = new List<ListenAddress>(Listeners);
        if (line != null || all.Count == 0)
        {
            string keyword = Lines.ContainsKey("port") ? "port" : "bind_address";
            all.Insert(0, new ListenAddress(
                new IPEndPoint(BindAddress, Port), line == null ? null : keyword, line));
        }

        return all;
    }
}
