using System.Collections.Generic;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>A network connection as it is seen at the broker, and the session on it.</summary>
public sealed class Session(int number, int slot, long openedMs)
{
    /// <summary>Counts connections, so that a slot's next one is another.</summary>
    public int Number => number;

    /// <summary>Its slot.</summary>
    public int Slot => slot;

    /// <summary>When it came.</summary>
    public long OpenedMs { get; } = openedMs;

    /// <summary>A number for where it comes from.</summary>
    public int Address { get; init; }

    /// <summary>When bytes came in last, or nothing was read from it.</summary>
    public long HeardMs { get; internal set; } = openedMs;

    /// <summary>When a packet was handled last.</summary>
    public long HandledMs { get; internal set; } = openedMs;

    /// <summary>The CONNECT that was accepted, or null.</summary>
    public Packet? Connect { get; internal set; }

    /// <summary>5 or 4; 0 before a CONNECT.</summary>
    public int Version { get; internal set; }

    /// <summary>The Client Identifier; of one that the broker chose, what it told.</summary>
    public string ClientId { get; internal set; } = "";

    /// <summary>Whether its CONNECT was accepted and its session has not ended.</summary>
    public bool IsConnected { get; internal set; }

    /// <summary>Whether the broker handles no more of its packets.</summary>
    public bool IsEnded { get; internal set; }

    /// <summary>How it ended, or null.</summary>
    public Told? End { get; internal set; }

    /// <summary>Whether its socket was asked and took no more, before this verb.</summary>
    public bool IsBlocked { get; internal set; }

    /// <summary>The last verb at which messages were dropped while it was blocked.</summary>
    public long DropVerb { get; internal set; } = -1;

    /// <summary>Subscriptions with their options.</summary>
    public Dictionary<string, Subscription> Filters => State.Filters;

    /// <summary>What may outlive it.</summary>
    public SessionState State { get; internal set; } = new();

    /// <summary>Whether CONNECT brought it a session that was there.</summary>
    public bool WasPresent { get; internal set; }

    /// <summary>The verb of its CONNECT.</summary>
    public long ConnectVerb { get; internal set; }

    /// <summary>The Session Expiry Interval of its CONNECT in seconds; in 3.1.1 that of Clean
    /// Session.</summary>
    public long AskedExpiryS => Connect == null ? 0
        : Version == 5 ? Connect.Number(Property.SessionExpiryInterval)
        : Connect.CleanStart ? 0 : SessionState.Never;

    /// <summary>Messages at QoS 1 and 2 that its client takes at a time.</summary>
    public int ReceiveMaximum { get; internal set; } = ushort.MaxValue;

    /// <summary>Whether the PUBLISH that is handled has been routed already: its Packet
    /// Identifier waits for PUBREL.</summary>
    public bool IsRepeating { get; internal set; }

    /// <summary>Keep Alive that holds, in milliseconds with its half; 0 for none.</summary>
    public long KeepAliveMs { get; internal set; }

    /// <summary>Largest packet that it takes.</summary>
    public long MaxPacketSize { get; internal set; } = long.MaxValue;

    /// <summary>Packets that have arrived whole and were not handled; null is malformed.</summary>
    internal Queue<Packet?> Arrived { get; } = new();

    /// <summary>When the first byte of the packet that was sent last went out: of one that is cut,
    /// before the others.</summary>
    internal long BegunMs { get; set; }

    internal PacketReader In { get; } = new();

    internal PacketReader Out { get; } = new();

    /// <summary>Whether what comes in cannot be read any more.</summary>
    internal bool IsMalformed { get; set; }

    /// <summary>Whether the broker did not read from it at the last verb.</summary>
    internal bool WasUnread { get; set; }

    internal int Unhandled { get; set; }

    /// <summary>Its name in messages.</summary>
    public override string ToString() =>
        $"{(ClientId.Length > 0 ? ClientId : "a stranger")} (slot {slot}, connection {number})";
}
