using System;

namespace EdgeBroker.Simulator.View;

/// <summary>What is known of one network connection; for the host's thread only.</summary>
public sealed class ClientTap
{
    /// <summary>When the connection came (UTC).</summary>
    public readonly DateTime Since = DateTime.UtcNow;

    /// <summary>Finds the packets in what arrives.</summary>
    public readonly PacketWalker Walker = new();

    /// <summary>Messages and bytes in.</summary>
    public readonly Flow In = new();

    /// <summary>Messages and bytes out.</summary>
    public readonly Flow Out = new();

    /// <summary>Its Client Identifier in a form that prints; null until it has one.</summary>
    public string? Id;

    /// <summary>Address and port of the client, or null as long as nobody asked.</summary>
    public string? Address;

    /// <summary>Its protocol version, or 0 as long as it is unknown.</summary>
    public byte Version;

    /// <summary>Messages that it lost to full queues; see LossShare.</summary>
    public double Lost;

    /// <summary>Whether Lost is its share of what several clients lost together.</summary>
    public bool IsLostShared;

    /// <summary>Whether its queue was full when the last sample was taken.</summary>
    public bool WasFull;
}
