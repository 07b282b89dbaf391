using System.Collections.Generic;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>What belongs to a session and may outlive its connection (section 4.1).</summary>
public sealed class SessionState
{
    /// <summary>A Session Expiry Interval that never ends.</summary>
    public const long Never = uint.MaxValue;

    /// <summary>The number that the broker gave it.</summary>
    public int Number { get; internal set; } = -1;

    /// <summary>The Client Identifier.</summary>
    public string ClientId { get; internal set; } = "";

    /// <summary>The connection that it has, or null.</summary>
    public Session? Connection { get; internal set; }

    /// <summary>Subscriptions with their options.</summary>
    public Dictionary<string, Subscription> Filters { get; } = [];

    /// <summary>Seconds that it outlives its connection.</summary>
    public long ExpiryS { get; internal set; }

    /// <summary>When its connection ended.</summary>
    public long LeftMs { get; internal set; }

    /// <summary>Whether it is no more.</summary>
    public bool IsOver { get; internal set; }

    /// <summary>Packet Identifiers at QoS 2 from the client that wait for PUBREL.</summary>
    public HashSet<int> Incoming { get; } = [];

    /// <summary>What is on its way to the client, in the order in which it was sent first.
    /// </summary>
    internal List<Flight> Flights { get; } = [];

    /// <summary>What is to be sent to the client at QoS 1 and 2 and was not yet.</summary>
    internal Mailbox Waiting { get; } = new();

    /// <summary>Whether nobody would miss it.</summary>
    public bool IsEmpty => Filters.Count == 0 && Incoming.Count == 0 && Flights.Count == 0
        && Waiting.Count == 0;

    /// <summary>Whether it is there without a connection.</summary>
    public bool IsDetached => Connection == null && !IsOver;

    /// <summary>Whether its time has come.</summary>
    public bool IsExpired(long nowMs) =>
        IsDetached && ExpiryS != Never && nowMs - LeftMs >= ExpiryS * 1000;

    /// <summary>
    /// Whether a client that comes back finds it no more. The broker keeps time in seconds here,
    /// and ends no session early.
    /// </summary>
    public bool IsOverAtEntry(long nowMs) =>
        IsDetached && ExpiryS != Never && (nowMs / 1000) - ((LeftMs + 999) / 1000) >= ExpiryS;

    /// <inheritdoc/>
    public override string ToString() => $"the session of {ClientId} (number {Number})";
}
