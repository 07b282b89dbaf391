using System;
using System.Linq;
using System.Net;
using System.Text;

namespace EdgeBroker.Simulator.Config;

/// <summary>
/// The keywords of mosquitto.conf that EdgeBroker has, each with what it does differently.
/// </summary>
internal static class MosquittoKeywords
{
    private const int DaySeconds = 86_400;
    private const int MostBytes = 2_000_000_000;
    private const int MostPacketBytes = 268_435_455;

    /// <summary>The rows.</summary>
    public static Keyword[] All { get; } =
    [
        Keyword.Text("listener", "PORT [ADDRESS]", "none",
            "a place to listen; ADDRESS is 127.0.0.1 unless given; port 0 takes a free one",
            AddListener, isRepeatable: true)
            .Differs("without an address it is on 127.0.0.1 only, there on all addresses; "
                + "no names of hosts but localhost, no Unix sockets"),
        Keyword.Text("port", "0 to 65535", "1883",
            "port of the default listener; 0 takes a free one", SetPort)
            .Differs("alone it is on 127.0.0.1 only, there on all addresses"),
        Keyword.Text("bind_address", "an address", "127.0.0.1",
            "address of the default listener", SetBindAddress)
            .Differs("an address or localhost, no other names"),
        Keyword.Flag("allow_anonymous", true, (c, isOn) => c.StatedAnonymous = isOn,
            "whether clients may connect; beyond this computer only when it is stated")
            .Differs("true for listeners on loopback, there false as soon as there is a "
                + "listener; with others the broker does not start until it is stated; false "
                + "lets nobody in, for there are no passwords yet")
            .TakenOver(),
        Keyword.Number("max_connections", "clients", 1, 1_000_000,
            c => c.Limits.MaxConnections, (c, n) => c.Limits.MaxConnections = n,
            "clients connected at once, of all listeners together")
            .Differs("of all listeners together, there of each; no -1 for any number"),
        Keyword.Number("max_packet_size", "bytes", 64, MostPacketBytes,
            c => c.Limits.MaxPacketSize, (c, n) => c.Limits.MaxPacketSize = n,
            "largest packet in either direction")
            .Differs("1 MiB unless stated, there 256 MiB; no 0 for any size"),
        Keyword.Number("max_queued_messages", "messages", 1, 10_000_000,
            c => c.Limits.MaxQueuedMessages, (c, n) => c.Limits.MaxQueuedMessages = n,
            "messages that wait for one client, of any QoS")
            .Differs("100000 of any QoS, there 1000 of QoS 1 and 2; no 0 for any number"),
        Keyword.Number("max_queued_bytes", "bytes", 64, MostBytes,
            c => c.Limits.MaxQueuedBytes, (c, n) => c.Limits.MaxQueuedBytes = n,
            "bytes of the messages that wait for one client")
            .Differs("16 MiB unless stated, of messages of any QoS; no 0 for any number"),
        Keyword.Choice("max_qos", ["0", "1", "2"], [], "2",
            (c, word) => c.Settings.MaxQos = byte.Parse(word),
            "highest QoS of a message, to the broker and from it"),
        Keyword.Number("max_inflight_messages", "messages", 1, 1000,
            c => c.Limits.MaxInflight, (c, n) => c.Limits.MaxInflight = n,
            "messages at QoS 1 and 2 on their way to one client at a time")
            .Differs("64 unless stated, there 20; 1000 at the most, with very many clients fewer; "
                + "no 0 for any number"),
        Keyword.Text("persistent_client_expiration", Durations.Range, "never",
            "longest time that a session outlives its connection", SetExpiration),
        Keyword.Number("max_keepalive", "seconds", 0, 65_535,
            c => c.Settings.MaxKeepAliveS, (c, n) => c.Settings.MaxKeepAliveS = n,
            "longest Keep Alive: told to 5.0 clients that ask for more, others are refused; "
                + "0 allows any")
            .Differs("0, which allows any, unless stated; there 65535, and 10 or more")
            .TakenOver(),
        Keyword.Flag("retain_available", true, (c, isOn) => c.Settings.RetainAvailable = isOn,
            "whether messages may be retained").TakenOver(),
        Keyword.Flag("allow_zero_length_clientid", true,
            (c, isOn) => c.Settings.AllowZeroLengthClientId = isOn,
            "whether a client may leave its identifier to the broker").TakenOver(),
        Keyword.Text("auto_id_prefix", "up to 15 bytes", "auto-",
            "what an identifier given by the broker starts with", SetPrefix)
            .Differs("up to 15 bytes")
            .TakenOver(),
        Keyword.Number("sys_interval", "seconds", 0, DaySeconds,
            c => c.Settings.SysIntervalS, (c, n) => c.Settings.SysIntervalS = n,
            "time between two rounds of $SYS messages; 0 turns them off")
            .Differs("needs a restart to change"),
        Keyword.Number("memory_limit", "bytes", 1_048_576, MostBytes,
            c => c.Limits.MemoryLimit, (c, n) => c.Limits.MemoryLimit = n,
            "memory for messages that wait or are retained and for unfinished packets")
            .Differs("memory for messages and unfinished packets, there all memory; "
                + "slow clients lose messages when it is full; no 0 for any size"),
        Keyword.Choice("log_type",
            ["error", "warning", "notice", "information", "none", "all"],
            [], "all", (c, word) => c.AddLogType(Enum.Parse<LogTypes>(word, true)),
            "kinds of lines to log", isRepeatable: true,
            idle: ["debug", "subscribe", "unsubscribe", "websockets", "internal"])
            .Differs("no debug, subscribe, unsubscribe, websockets: they have no effect")
            .TakenOver(),
        Keyword.Text("log_dest", LogTargets.Range, "stdout", "where the log goes",
            (c, value) => c.LogTargets.Add(c, value), isRepeatable: true)
            .Differs("stdout unless stated, there stderr; syslog, topic and dlt have no effect")
            .TakenOver(),
        Keyword.Flag("log_timestamp", true, (c, isOn) => c.HasLogTimestamp = isOn,
            "whether log lines start with the time (UTC)")
            .Differs("the time is written as 2026-11-20T13:10:38.796Z, there in seconds since 1970")
            .TakenOver(),
        Keyword.Flag("connection_messages", true, (c, isOn) => c.HasConnectionMessages = isOn,
            "whether clients that come and go are logged; refusals always are")
            .Differs("refusals are logged always")
            .TakenOver(),
        Keyword.Text("pid_file", "a path", "none",
            "file for the process id while the broker runs", SetPidFile),
        Keyword.Text("include_dir", "a folder", "none",
            "folder whose files that end in .conf are read at this place",
            (_, _) => null, isRepeatable: true)
            .Differs("a keyword that stands in two files is an error"),
        Keyword.Choice("persistence", ["true", "false"], [], "false", SetPersistence,
            "whether retained messages outlive the broker: not there yet")
            .Differs("true has no effect: retained messages are lost when the broker ends"),
        Keyword.Choice("per_listener_settings", ["false"], ["true"], "false", (_, _) => { },
            "whether each listener has settings of its own")
            .Differs("false only: settings hold for all listeners"),
        Keyword.Choice("protocol", ["mqtt"], ["websockets", "http_api"], "mqtt", (_, _) => { },
            "what a listener speaks", isRepeatable: true)
            .Differs("mqtt only: there are no WebSockets yet"),
    ];

    private static string? AddListener(ServeConfig config, string value)
    {
        string[] words = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int port = ListenAddress.ParsePort(words[0]);
        if (port < 0)
        {
            return $"{ListenAddress.PortRule}, not {SafeText.Quote(words[0])}";
        }

        IPAddress? address = IPAddress.Loopback;
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

    private static string? SetPort(ServeConfig config, string value)
    {
        int port = ListenAddress.ParsePort(value);
        if (port < 0)
        {
            return $"{ListenAddress.PortRule}, not {SafeText.Quote(value)}";
        }

        config.Port = port;
        return null;
    }

    private static string? SetBindAddress(ServeConfig config, string value)
    {
        IPAddress? address = ListenAddress.ParseAddress(value);
        if (address == null)
        {
            return $"{ListenAddress.AddressRule}, not {SafeText.Quote(value)}";
        }

        config.BindAddress = address;
        return null;
    }

    private static string? SetExpiration(ServeConfig config, string value)
    {
        int? seconds = Durations.Seconds(value);
        config.Limits.MaxSessionExpiryS = seconds ?? 0;
        return seconds == null ? $"must be {Durations.Range}, not {SafeText.Quote(value)}" : null;
    }

    private static string? SetPrefix(ServeConfig config, string value)
    {
        if (Encoding.UTF8.GetByteCount(value) > 15 || value.Any(char.IsControl))
        {
            return $"must be up to 15 bytes of text, not {SafeText.Quote(value)}";
        }

        config.Settings.ClientIdPrefix = value;
        return null;
    }

    private static void SetPersistence(ServeConfig config, string word)
    {
        if (word == "true")
        {
            config.AddNote("persistence true has no effect: retained messages are lost when "
                + "the broker ends; it cannot store them yet");
        }
    }

    private static string? SetPidFile(ServeConfig config, string value)
    {
        config.PidFile = value;
        return null;
    }
}
