using System;
using System.Linq;
using System.Net;
using System.Text;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Config;

/// <summary>
/// The keywords of the configuration file, one row each. Parsing, range checks, the help and the
/// check of the documentation are all made from these rows.
/// </summary>
public static class Keywords
{
    private const int DaySeconds = 86_400;
    private const int MostBytes = 2_000_000_000;
    private const int MostPacketBytes = 268_435_455;

    /// <summary>Keywords of mosquitto.conf that mean the same here.</summary>
    public static Keyword[] Mosquittos { get; } =
    [
        Keyword.Text("listener", "PORT [ADDRESS]", "none",
            "a place to listen; ADDRESS is 127.0.0.1 unless given; port 0 takes a free one",
            AddListener, isRepeatable: true),
        Keyword.Text("port", "0 to 65535", "1883",
            "port of the default listener; 0 takes a free one", SetPort),
        Keyword.Text("bind_address", "an address", "127.0.0.1",
            "address of the default listener", SetBindAddress),
        Keyword.Flag("allow_anonymous", true, (c, isOn) => c.AllowAnonymous = isOn,
            "whether clients may connect without a user name"),
        Keyword.Number("max_connections", "clients", 1, 1_000_000,
            c => c.Limits.MaxConnections, (c, n) => c.Limits.MaxConnections = n,
            "clients connected at once, of all listeners together"),
        Keyword.Number("max_packet_size", "bytes", 64, MostPacketBytes,
            c => c.Limits.MaxPacketSize, (c, n) => c.Limits.MaxPacketSize = n,
            "largest packet in either direction"),
        Keyword.Number("max_queued_messages", "messages", 1, 10_000_000,
            c => c.Limits.MaxQueuedMessages, (c, n) => c.Limits.MaxQueuedMessages = n,
            "messages that wait for one client, of any QoS"),
        Keyword.Number("max_queued_bytes", "bytes", 64, MostBytes,
            c => c.Limits.MaxQueuedBytes, (c, n) => c.Limits.MaxQueuedBytes = n,
            "bytes of the messages that wait for one client"),
        Keyword.Choice("max_qos", ["0", "1"], ["2"], "1",
            (c, word) => c.Settings.MaxQos = byte.Parse(word),
            "highest QoS of a PUBLISH from a client"),
        Keyword.Number("max_keepalive", "seconds", 0, 65_535,
            c => c.Settings.MaxKeepAliveS, (c, n) => c.Settings.MaxKeepAliveS = n,
            "longest Keep Alive of 5.0 clients, told to them in CONNACK; 0 allows any"),
        Keyword.Flag("retain_available", true, (c, isOn) => c.Settings.RetainAvailable = isOn,
            "whether messages may be retained"),
        Keyword.Flag("allow_zero_length_clientid", true,
            (c, isOn) => c.Settings.AllowZeroLengthClientId = isOn,
            "whether a client may leave its identifier to the broker"),
        Keyword.Text("auto_id_prefix", "up to 15 bytes", "auto-",
            "what an identifier given by the broker starts with", SetPrefix),
        Keyword.Number("sys_interval", "seconds", 0, DaySeconds,
            c => c.Settings.SysIntervalS, (c, n) => c.Settings.SysIntervalS = n,
            "time between two rounds of $SYS messages; 0 turns them off"),
        Keyword.Number("memory_limit", "bytes", 1_048_576, MostBytes,
            c => c.Limits.MemoryLimit, (c, n) => c.Limits.MemoryLimit = n,
            "memory for messages that wait or are retained and for unfinished packets"),
        Keyword.Choice("log_type",
            ["error", "warning", "notice", "information", "none", "all"],
            ["debug", "subscribe", "unsubscribe", "websockets", "internal"], "all",
            (c, word) => c.AddLogType(Enum.Parse<LogTypes>(word, true)),
            "kinds of lines to log", isRepeatable: true),
        Keyword.Flag("log_timestamp", true, (c, isOn) => c.HasLogTimestamp = isOn,
            "whether log lines start with the time (UTC)"),
        Keyword.Flag("connection_messages", true, (c, isOn) => c.HasConnectionMessages = isOn,
            "whether clients that come and go are logged; refusals always are"),
        Keyword.Text("pid_file", "a path", "none",
            "file for the process id while the broker runs", SetPidFile),
        Keyword.Choice("persistence", ["false"], ["true"], "false", (_, _) => { },
            "whether retained messages outlive the broker"),
    ];

    /// <summary>Keywords that mosquitto does not have.</summary>
    public static Keyword[] Own { get; } =
    [
        Keyword.Number("max_subscriptions", "subscriptions", 1, 10_000_000,
            c => c.Limits.MaxSubscriptions, (c, n) => c.Limits.MaxSubscriptions = n,
            "subscriptions of all clients"),
        Keyword.Number("max_subscriptions_per_client", "subscriptions", 1, 10_000_000,
            c => c.Limits.MaxSubscriptionsPerClient,
            (c, n) => c.Limits.MaxSubscriptionsPerClient = n,
            "subscriptions of one client"),
        Keyword.Number("max_filters_per_packet", "filters", 1, 100_000,
            c => c.Limits.MaxFiltersPerPacket, (c, n) => c.Limits.MaxFiltersPerPacket = n,
            "topic filters in one SUBSCRIBE or UNSUBSCRIBE"),
        Keyword.Number("max_topic_length", "bytes", 1, 65_535,
            c => c.Limits.MaxTopicLength, (c, n) => c.Limits.MaxTopicLength = n,
            "longest topic name or topic filter"),
        Keyword.Number("max_topic_levels", "levels", 1, 65_535,
            c => c.Limits.MaxTopicLevels, (c, n) => c.Limits.MaxTopicLevels = n,
            "most levels of a topic name or topic filter"),
        Keyword.Number("max_retained_messages", "messages", 0, 10_000_000,
            c => c.Limits.MaxRetainedMessages, (c, n) => c.Limits.MaxRetainedMessages = n,
            "retained messages"),
        Keyword.Number("max_retained_bytes", "bytes", 0, MostBytes,
            c => c.Limits.MaxRetainedBytes, (c, n) => c.Limits.MaxRetainedBytes = n,
            "bytes of all retained messages"),
        Keyword.Number("max_clientid_length", "bytes", 23, 65_535,
            c => c.Limits.MaxClientIdLength, (c, n) => c.Limits.MaxClientIdLength = n,
            "longest client identifier"),
        Keyword.Number("max_connect_rate", "per second", 0, 1_000_000,
            c => c.Limits.MaxConnectRate, (c, n) => c.Limits.MaxConnectRate = n,
            "CONNECT packets taken; 0 takes any number"),
        Keyword.Number("max_connect_size", "bytes", 64, MostPacketBytes,
            c => c.Limits.MaxConnectSize, (c, n) => c.Limits.MaxConnectSize = n,
            "largest CONNECT: what a stranger can make the broker hold"),
        Keyword.Number("connect_timeout", "seconds", 1, DaySeconds,
            c => c.Settings.ConnectTimeoutMs / 1000,
            (c, n) => c.Settings.ConnectTimeoutMs = n * 1000,
            "time for a new connection to send its CONNECT"),
        Keyword.Number("packet_timeout", "seconds", 1, DaySeconds,
            c => c.Settings.PacketTimeoutMs / 1000,
            (c, n) => c.Settings.PacketTimeoutMs = n * 1000,
            "time for a packet to arrive whole once it has begun"),
        Keyword.Choice("queue_full_policy", ["drop_newest", "drop_oldest", "disconnect"], [],
            "drop_newest", SetPolicy,
            "what happens to a subscriber whose queue is full"),
        Keyword.Number("queue_full_deadline", "seconds", 1, DaySeconds,
            c => c.Settings.QueueFullDeadlineMs / 1000,
            (c, n) => c.Settings.QueueFullDeadlineMs = n * 1000,
            "with queue_full_policy disconnect: how long a queue may stay full"),
        Keyword.Number("slow_grace", "milliseconds", 0, 60_000,
            c => c.Settings.SlowGraceMs, (c, n) => c.Settings.SlowGraceMs = n,
            "how long publishers wait for a subscriber that reads and has fallen behind"),
    ];

    /// <summary>All of them.</summary>
    public static Keyword[] All { get; } = [.. Mosquittos, .. Own];

    /// <summary>Finds a keyword.</summary>
    /// <returns>Null when there is none of this name.</returns>
    public static Keyword Find(string name)
    {
        return Array.Find(All, keyword => keyword.Name == name);
    }

    private static string AddListener(ServeConfig config, string value)
    {
        string[] words = value.Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        int port = ListenAddress.ParsePort(words[0]);
        if (port < 0)
        {
            return $"{ListenAddress.PortRule}, not {SafeText.Quote(words[0])}";
        }

        IPAddress address = IPAddress.Loopback;
        if (words.Length > 1)
        {
            address = ListenAddress.ParseAddress(words[1]);
        }

        if (address == null)
        {
            return $"{ListenAddress.AddressRule}, not {SafeText.Quote(words[1])}";
        }

        if (words.Length > 2)
        {
            return $"takes PORT [ADDRESS] only, not {SafeText.Quote(words[2])} too";
        }

        config.Listeners.Add(new ListenAddress(
            new IPEndPoint(address, port), "listener", config.CurrentLine));
        return null;
    }

    private static string SetPort(ServeConfig config, string value)
    {
        int port = ListenAddress.ParsePort(value);
        if (port < 0)
        {
            return $"{ListenAddress.PortRule}, not {SafeText.Quote(value)}";
        }

        config.Port = port;
        return null;
    }

    private static string SetBindAddress(ServeConfig config, string value)
    {
        IPAddress address = ListenAddress.ParseAddress(value);
        if (address == null)
        {
            return $"{ListenAddress.AddressRule}, not {SafeText.Quote(value)}";
        }

        config.BindAddress = address;
        return null;
    }

    private static string SetPrefix(ServeConfig config, string value)
    {
        if (Encoding.UTF8.GetByteCount(value) > 15 || value.Any(char.IsControl))
        {
            return $"must be up to 15 bytes of text, not {SafeText.Quote(value)}";
        }

        config.Settings.ClientIdPrefix = value;
        return null;
    }

    private static string SetPidFile(ServeConfig config, string value)
    {
        config.PidFile = value;
        return null;
    }

    private static void SetPolicy(ServeConfig config, string word)
    {
        config.Settings.QueueFullPolicy = word switch
        {
            "drop_oldest" => QueueFullPolicy.DropOldest,
            "disconnect" => QueueFullPolicy.Disconnect,
            _ => QueueFullPolicy.DropNewest,
        };
    }
}
