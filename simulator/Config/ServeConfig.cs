using System.Collections.Generic;
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
    public BoardProfile Board { get; set; }

    /// <summary>Sizes of everything.</summary>
    public DesktopLimits Limits { get; } = new();

    /// <summary>Behaviour of the core; its hash seed is chosen at the start.</summary>
    public BrokerSettings Settings { get; } = new() { SlowGraceMs = 200 };

    /// <summary>The listeners that the keyword `listener` named.</summary>
    public List<ListenAddress> Listeners { get; } = [];

    /// <summary>Port of the listener made by `port` and `bind_address`.</summary>
    public int Port { get; set; } = DefaultPort;

    /// <summary>Address of that listener.</summary>
    public IPAddress BindAddress { get; set; } = IPAddress.Loopback;

    /// <summary>Whether clients may connect without a user name.</summary>
    public bool AllowAnonymous { get; set; } = true;

    /// <summary>The kinds that `log_type` lines named.</summary>
    public LogTypes NamedLogTypes { get; private set; }

    /// <summary>The line that says `log_type none`, or 0.</summary>
    public int LogNoneLine { get; private set; }

    /// <summary>A line that names another log type, or 0.</summary>
    public int LogSomeLine { get; private set; }

    /// <summary>Whether log lines start with the time.</summary>
    public bool HasLogTimestamp { get; set; } = true;

    /// <summary>Whether clients that come and go are logged; refusals always are.</summary>
    public bool HasConnectionMessages { get; set; } = true;

    /// <summary>The file that holds the process id, or null.</summary>
    public string PidFile { get; set; }

    /// <summary>The line of each keyword that was stated, from 1; the first if repeated.</summary>
    public Dictionary<string, int> Lines { get; } = [];

    /// <summary>The line that is being read, from 1.</summary>
    public int CurrentLine { get; set; }

    /// <summary>The kinds of lines to log.</summary>
    public LogTypes LogTypes => Lines.ContainsKey("log_type") ? NamedLogTypes : LogTypes.All;

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

    /// <summary>Everywhere to listen.</summary>
    public List<ListenAddress> AllListeners()
    {
        int line = Lines.GetValueOrDefault("port", Lines.GetValueOrDefault("bind_address"));
        var all = new List<ListenAddress>(Listeners);
        if (line > 0 || all.Count == 0)
        {
            string keyword = Lines.ContainsKey("port") ? "port" : "bind_address";
            all.Insert(0, new ListenAddress(
                new IPEndPoint(BindAddress, Port), line > 0 ? keyword : null, line));
        }

        return all;
    }
}
