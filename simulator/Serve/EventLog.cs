using System.Net;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.Serve;

/// <summary>Turns what the broker tells into log lines: who, what and why.</summary>
public sealed class EventLog : BrokerObserver
{
    /// <summary>Clients that come and go and have a line of their own, in one second.</summary>
    public const int LinesPerSecond = 50;

    private const int SecondMs = 1000;

    private readonly LogQueue _log;
    private readonly EventCounts _counts = new();
    private readonly string _policy;
    private readonly byte[] _clientId;
    private MqttBroker _broker = null!; // Attach comes before the first event.
    private TcpHost _host = null!;
    private long _second;
    private int _linesThisSecond;

    /// <param name="log">Takes the lines.</param>
    /// <param name="config">What to log.</param>
    public EventLog(LogQueue log, ServeConfig config)
    {
        _log = log;
        log.AddSource(LogTypes.Notice, SecondMs, _counts.Lines);
        HasConnectionMessages = config.HasConnectionMessages;
        _clientId = new byte[config.Limits.MaxClientIdLength + 64];
        _policy = config.Settings.QueueFullPolicy switch
        {
            QueueFullPolicy.DropOldest => "it loses its oldest messages",
            QueueFullPolicy.Disconnect => "it loses new messages and then its connection",
            _ => "it loses new messages",
        };
    }

    /// <summary>Whether clients that come and go are logged; refusals always are.</summary>
    public bool HasConnectionMessages { get; set; }

    /// <summary>Says whose events come; before the first one does.</summary>
    public void Attach(MqttBroker broker, TcpHost host)
    {
        _broker = broker;
        _host = host;
        host.HandlesChanged = TellHandles;
    }

    /// <inheritdoc/>
    public override void On(BrokerEvent what, int slot, byte reasonCode, string? why)
    {
        LogTypes type = what == BrokerEvent.QueueFull ? LogTypes.Warning : LogTypes.Notice;
        bool isComingOrGoing = EventCounts.IsComingOrGoing(what);
        // The end of all connections is one line of its own, not one for each client.
        bool isShutdown = what == BrokerEvent.Closed && reasonCode == ReasonCode.ServerShuttingDown;
        if (!_log.Writes(type) || isShutdown || (isComingOrGoing && !HasConnectionMessages))
        {
            return;
        }

        // To put a line together takes longer than the rest of a connect.
        bool hasLine = (!isComingOrGoing || IsLineFree()) && _log.Takes(type);
        if (!hasLine || !_log.TryAdd(type, Describe(what, slot, reasonCode, why)))
        {
            _counts.Add(what, reasonCode, why);
        }
    }

    private bool IsLineFree()
    {
        long second = TcpHost.NowMs() / SecondMs;
        if (second != _second)
        {
            _second = second;
            _linesThisSecond = 0;
        }

        return _linesThisSecond++ < LinesPerSecond;
    }

    private void TellHandles(bool areThere)
    {
        _log.Add(LogTypes.Warning, areThere
            ? "the system has handles again: new connections are accepted"
            : "the system has no handle for a new connection: new ones wait until there is one. "
                + "A higher limit (ulimit -n) takes more clients");
    }

    private string Describe(BrokerEvent what, int slot, byte reasonCode, string? why)
    {
        string who = Who(slot);
        string version = VersionName(_broker.VersionOf(slot));
        string reason = $"{why ?? "no reason given"} (0x{reasonCode:X2}, {version})";
        return what switch
        {
            BrokerEvent.Connected => $"{who} connected ({version})",
            BrokerEvent.ConnectRefused => $"refused CONNECT of {who}: {reason}",
            BrokerEvent.Disconnected => $"{who} disconnected (0x{reasonCode:X2}, {version})",
            BrokerEvent.Lost => $"{who} lost: the connection ended without DISCONNECT ({version})",
            BrokerEvent.Closed => $"closed the connection of {who}: {reason}",
            BrokerEvent.SubscribeRefused => $"refused a subscription of {who}: {reason}",
            BrokerEvent.PublishRefused => $"refused PUBLISH of {who}: {reason}",
            BrokerEvent.QueueFull => $"the queue of {who} is full: {_policy}",
            _ => $"{what} of {who}: {reason}",
        };
    }

    private string Who(int slot)
    {
        int length = _broker.ReadClientId(slot, _clientId);
        string name = length == 0
            ? "unidentified"
            : "client " + SafeText.Quote(Encoding.UTF8.GetString(_clientId, 0, length));
        return $"{name} at {_host.RemoteOf(slot)?.ToString() ?? "unknown address"}";
    }

    private static string VersionName(byte version)
    {
        return version switch
        {
            ProtocolVersion.V311 => "MQTT 3.1.1",
            ProtocolVersion.V5 => "MQTT 5.0",
            0 => "no MQTT version yet",
            _ => $"MQTT level {version}",
        };
    }
}
