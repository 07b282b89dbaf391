#nullable enable
using System.Collections.Generic;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>A connection of the reference broker, with the session it carries.</summary>
public sealed class ReferenceConnection
{
    /// <summary>Protocol version, once a CONNECT has told it; else 0.</summary>
    public int Version { get; internal set; }

    /// <summary>The Client Identifier; empty before CONNECT. One that the broker chooses is
    /// unknown to the model and stands here as it was seen.</summary>
    public string ClientId { get; internal set; } = "";

    /// <summary>Whether a CONNECT was accepted and the session has not ended.</summary>
    public bool IsConnected { get; internal set; }

    /// <summary>Whether the broker is to close it, after what is in Out.</summary>
    public bool MustClose { get; internal set; }

    /// <summary>What the broker is to send, in this order.</summary>
    public Queue<Packet> Out { get; } = new();

    /// <summary>Retained Messages that are to come besides, in any order.</summary>
    public List<Packet> Replays { get; } = [];

    /// <summary>Topic Filters that it has subscribed to.</summary>
    public IEnumerable<string> FilterNames => Filters.Keys;

    /// <summary>Topic Filters with their Subscription Options.</summary>
    internal Dictionary<string, int> Filters { get; } = [];

    internal int Number { get; init; }

    internal Packet? Will { get; set; }

    internal long KeepAliveMs { get; set; }

    internal long HeardMs { get; set; }

    internal long MaxPacketSize { get; set; } = long.MaxValue;

    internal bool WantsSession { get; set; }
}
