using System.Collections.Generic;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Lab.Plans;

/// <summary>
/// What kinds of scenarios to make: each seed draws one. Numbers may be ranges; times that faults
/// come are of a whole run. docs/laboratory.md says how to write one.
/// </summary>
public sealed record Plan
{
    /// <summary>A sentence about it.</summary>
    public string About { get; init; } = "";

    /// <summary>Length of the part with faults in seconds.</summary>
    public Range Seconds { get; init; } = new(60, 60);

    /// <summary>Hosts: "pc" or boards.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [Simulation.Pc, "esp32"];

    /// <summary>Limits: "own" ones of the subject, or "tight": random and small.</summary>
    public IReadOnlyList<string> Limits { get; init; } = ["own"];

    /// <summary>Well-behaved clients, at most as many as the subject takes.</summary>
    public Range Clients { get; init; } = new(5, 5);

    /// <summary>Well-behaved clients more than there are places; 0 for enough places.</summary>
    public Range Crowd { get; init; }

    /// <summary>Clients that do anything.</summary>
    public Range Hostile { get; init; }

    /// <summary>Protocol versions, 4 and 5.</summary>
    public IReadOnlyList<int> Versions { get; init; } = [4, 5];

    /// <summary>Share of the clients that publish, in percent.</summary>
    public Range Publishers { get; init; } = new(60, 60);

    /// <summary>Time between two messages of a publisher in milliseconds.</summary>
    public Range EveryMs { get; init; } = new(1000, 1000);

    /// <summary>Messages are published at multiples of this time in milliseconds, as clients do
    /// whose clocks agree; 0 for any time.</summary>
    public Range GridMs { get; init; }

    /// <summary>Sizes of payloads in bytes; those that do not fit are cut down.</summary>
    public IReadOnlyList<int> Bytes { get; init; } = [0, 1, 16, 100, 1000];

    /// <summary>Messages in one go.</summary>
    public Range Burst { get; init; } = new(1, 1);

    /// <summary>Share of the messages to be retained, in percent.</summary>
    public Range Retain { get; init; }

    /// <summary>Share of the messages with QoS 1, in percent.</summary>
    public Range Qos1 { get; init; }

    /// <summary>Share of the messages with QoS 2, in percent. This and what follows up to Refusals
    /// are of the PC only: boards keep no sessions.</summary>
    public Range Qos2 { get; init; }

    /// <summary>Share of the subscriptions that ask for QoS 1 or 2, in percent.</summary>
    public Range AskQos { get; init; }

    /// <summary>Share of the clients that keep their sessions, in percent.</summary>
    public Range Sessions { get; init; }

    /// <summary>Session Expiry Interval in seconds; 0 for a session that never ends.</summary>
    public Range ExpiryS { get; init; } = new(30, 30);

    /// <summary>Sessions that the broker keeps.</summary>
    public Range MaxSessions { get; init; } = new(100, 100);

    /// <summary>Messages that may wait in a session.</summary>
    public Range SessionMessages { get; init; } = new(500, 500);

    /// <summary>Messages on their way to one client, and from one.</summary>
    public Range Inflight { get; init; } = new(20, 20);

    /// <summary>Receive Maximum of a client of 5.0; 0 for none.</summary>
    public Range ReceiveMaximum { get; init; }

    /// <summary>How late acknowledgements of a slow client are in milliseconds.</summary>
    public Range AckMs { get; init; }

    /// <summary>Times that a client acknowledges nothing for a while.</summary>
    public Range AckStalls { get; init; }

    /// <summary>Times that a client begins a new session.</summary>
    public Range Renewals { get; init; }

    /// <summary>PUBRECs of a client of 5.0 that say no, in percent.</summary>
    public Range Refusals { get; init; }

    /// <summary>Share of the clients with a Will, in percent.</summary>
    public Range Wills { get; init; }

    /// <summary>Share of the 5.0 messages that expire, in percent.</summary>
    public Range Expiring { get; init; }

    /// <summary>Filters that each client subscribes to.</summary>
    public Range Filters { get; init; } = new(1, 3);

    /// <summary>Times that clients change their subscriptions.</summary>
    public Range Changes { get; init; }

    /// <summary>Keep Alive in seconds; 0 for none.</summary>
    public Range KeepAliveS { get; init; } = new(60, 60);

    /// <summary>Share of the clients that leave their identifier to the broker, in percent.
    /// </summary>
    public Range Nameless { get; init; }

    /// <summary>Time of a frame in milliseconds.</summary>
    public Range LatencyMs { get; init; } = new(2, 2);

    /// <summary>What a frame may need longer in milliseconds.</summary>
    public Range JitterMs { get; init; }

    /// <summary>Lost frames of 1,000.</summary>
    public Range LossPerMille { get; init; }

    /// <summary>Bytes per second of a slow client; 0 for none.</summary>
    public Range BytesPerS { get; init; }

    /// <summary>Share of the clients that are slow, in percent.</summary>
    public Range Slow { get; init; }

    /// <summary>Most bytes of a client's segment; 0 is without limit.</summary>
    public Range CutBytes { get; init; }

    /// <summary>Times that a client's connection is reset or ended by it.</summary>
    public Range Resets { get; init; }

    /// <summary>Times that a client says DISCONNECT and comes back.</summary>
    public Range Disconnects { get; init; }

    /// <summary>Times that a client loses power.</summary>
    public Range PowerOffs { get; init; }

    /// <summary>Times that most clients lose power together.</summary>
    public Range PowerCuts { get; init; }

    /// <summary>Times that a hostile client connects again and again for a while.</summary>
    public Range Knocks { get; init; }

    /// <summary>Times that a client does not read for a while.</summary>
    public Range Stalls { get; init; }

    /// <summary>Times that one direction of a client goes dead for a while.</summary>
    public Range HalfOpen { get; init; }

    /// <summary>Times that no frame of a client passes for a while.</summary>
    public Range Blackouts { get; init; }

    /// <summary>Times that all clients come at once, with those that take over.</summary>
    public Range Storms { get; init; }

    /// <summary>Times that the access point is gone.</summary>
    public Range Outages { get; init; }

    /// <summary>Times that the broker's machine loses power.</summary>
    public Range Reboots { get; init; }

    /// <summary>Times that its clock jumps.</summary>
    public Range ClockSteps { get; init; }

    /// <summary>Longest time that a fault lasts, in milliseconds.</summary>
    public Range FaultMs { get; init; } = new(100, 20_000);

    /// <summary>Whether each seed leaves out half of the features and faults.</summary>
    public bool Swarm { get; init; }

    /// <summary>One scenario to be played as it is; then all of the above is without effect.
    /// </summary>
    public Scenario? Scenario { get; init; }
}
