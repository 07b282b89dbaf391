using System.Text.Json.Serialization;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>Something that happens at a time of a scenario.</summary>
public sealed record Happening
{
    /// <summary>When, in milliseconds from the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long AtMs { get; init; }

    /// <summary>What.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Deed Do { get; init; }

    /// <summary>Which client does it, or to which it happens; counted from 0.</summary>
    public int Client { get; init; }

    /// <summary>Topic Name or Topic Filter.</summary>
    public string? Topic { get; init; }

    /// <summary>Bytes of payload, or of garbage.</summary>
    public int Bytes { get; init; }

    /// <summary>QoS of a PUBLISH.</summary>
    public int Qos { get; init; }

    /// <summary>RETAIN of a PUBLISH.</summary>
    public bool Retain { get; init; }

    /// <summary>Subscription Options.</summary>
    public int Options { get; init; }

    /// <summary>Message Expiry Interval in seconds; of a DISCONNECT, Session Expiry Interval; 0
    /// for none.</summary>
    public int ExpiryS { get; init; }

    /// <summary>How long it lasts, in milliseconds.</summary>
    public long ForMs { get; init; }

    /// <summary>Bytes to send as they are, in hex.</summary>
    public string? Hex { get; init; }
}
