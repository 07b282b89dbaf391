using System.Text.Json.Serialization;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>A virtual client, and the way of its frames.</summary>
public sealed record ClientSpec
{
    /// <summary>Its Client Identifier; several may have the same.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it leaves its identifier to the broker; then Id is only its name here.
    /// </summary>
    public bool IsNameless { get; init; }

    /// <summary>4 for MQTT 3.1.1, 5 for 5.0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Version { get; init; } = 4;

    /// <summary>Keep Alive in seconds; 0 for none.</summary>
    public int KeepAliveS { get; init; }

    /// <summary>Topic Name of its Will; null for none.</summary>
    public string? Will { get; init; }

    /// <summary>Whether its Will is to be retained.</summary>
    public bool IsWillRetained { get; init; }

    /// <summary>Bytes of payload of its Will; fewer than 4 are 4.</summary>
    public int WillBytes { get; init; }

    /// <summary>Maximum Packet Size that it tells; 0 for none.</summary>
    public int MaxPacketSize { get; init; }

    /// <summary>Whether its session is to outlive its connection: Clean Start 0, or Clean Session
    /// 0.</summary>
    public bool KeepsSession { get; init; }

    /// <summary>Session Expiry Interval in seconds of a client of 5.0 that keeps its session; 0
    /// for one that never ends.</summary>
    public int ExpiryS { get; init; }

    /// <summary>Receive Maximum that it tells; 0 for none.</summary>
    public int ReceiveMaximum { get; init; }

    /// <summary>How late its acknowledgements are in milliseconds.</summary>
    public int AckMs { get; init; }

    /// <summary>PUBRECs that say no, in percent; a client of 3.1.1 cannot.</summary>
    public int Refusals { get; init; }

    /// <summary>QoS of its Will.</summary>
    public int WillQos { get; init; }

    /// <summary>Whether it may do anything: it is not expected to get on well.</summary>
    public bool IsHostile { get; init; }

    /// <summary>How long it waits before it connects again; 0 for never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int ComebackMs { get; init; } = 1000;

    /// <summary>Time of a frame in either direction in milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int LatencyMs { get; init; } = 2;

    /// <summary>What a frame may need longer in milliseconds.</summary>
    public int JitterMs { get; init; }

    /// <summary>Frames of 1,000 that are lost until the faults end.</summary>
    public int LossPerMille { get; init; }

    /// <summary>Bytes per second; 0 is without limit.</summary>
    public int BytesPerS { get; init; }

    /// <summary>Most bytes of a segment that it sends; 0 is without limit.</summary>
    public int CutBytes { get; init; }
}
