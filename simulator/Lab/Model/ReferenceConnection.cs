using System.Collections.Generic;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>A connection of the reference broker, with the session it carries.</summary>
public sealed class ReferenceConnection
{
    /// <summary>Protocol version, once a CONNECT has told it; else 0.</summary>
    public int Version { get; internal set; }

    /// <summary>The Client Identifier; empty before CONNECT. One that the broker chooses is
    /// unknown to the model: something that no client can send stands for it.</summary>
    public string ClientId { get; internal set; } = "";

    /// <summary>Whether a CONNECT was accepted and the session has not ended.</summary>
    public bool IsConnected { get; internal set; }

    /// <summary>Whether the broker is to close it, after what is in Out.</summary>
    public bool MustClose { get; internal set; }

    /// <summary>Whether a CONNECT so wrong has come that a CONNACK may answer it, or nothing.
    /// </summary>
    public bool MayBeRefused { get; internal set; }

    /// <summary>What the broker is to send, in this order.</summary>
    public List<Outgoing> Out { get; } = [];

    /// <summary>The SUBSCRIBEs that asked for Retained Messages, which come besides.</summary>
    public List<Replay> Replays { get; } = [];

    /// <summary>Topic Filters that it has subscribed to.</summary>
    public IReadOnlyCollection<string> FilterNames => Filters.Keys;

    /// <summary>Topic Filters that it has ever subscribed to.</summary>
    public HashSet<string> EverSubscribed { get; } = [];

    /// <summary>Largest packet that the client takes, in bytes.</summary>
    public long MaxPacketSize { get; internal set; } = long.MaxValue;

    /// <summary>One and a half times the Keep Alive in milliseconds; 0 for none.</summary>
    public long KeepAliveMs { get; internal set; }

    /// <summary>When the last packet came.</summary>
    public long HeardMs { get; internal set; }

    /// <summary>Topic Filters with their Subscription Options.</summary>
    internal Dictionary<string, int> Filters { get; } = [];

    internal Packet? Will { get; set; }

    internal bool WantsSession { get; set; }
}
