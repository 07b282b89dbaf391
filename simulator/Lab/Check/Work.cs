using System;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// What a verb had to do, and how many steps it may take for that. Nothing here is a square, and
/// idle clients add nothing.
/// </summary>
/// <remarks>
/// A step is a basic block, or 16 elements that are copied at once. docs/laboratory.md says how
/// much of its budget a verb needs.
/// </remarks>
internal struct Work
{
    /// <summary>Bytes of packets that came in or went on from where they had been kept. Each is
    /// looked at a few times: lengths, UTF-8, levels, hashes.</summary>
    public long BytesIn;

    /// <summary>Bytes that went out: copied, a block of 32 bytes or more at a time.</summary>
    public long BytesOut;

    /// <summary>Blocks of a packet that went out in an earlier Transmit: the way to its rest leads
    /// through them, three times (Topic Name, payload, properties).</summary>
    public long SentBlocks;

    /// <summary>Blocks of messages that were given back, one after the other.</summary>
    public long FreedBlocks;

    /// <summary>Bytes of the largest packet that is kept: in a Tick one is looked at again, and
    /// may have to go on waiting.</summary>
    public long BytesWaiting;

    /// <summary>Packets handled.</summary>
    public long Packets;

    /// <summary>Entries of queues that came, went out, or were dropped.</summary>
    public long Entries;

    /// <summary>Topic Names that were matched; those that the route cache knew cost nothing.
    /// </summary>
    public long Matches;

    /// <summary>Look-ups of these: one for each shape of filters in use (decision 0007).</summary>
    public long Lookups;

    /// <summary>Subscriptions that were made, and those that ended with their session.</summary>
    public long Subscriptions;

    /// <summary>Names looked at for the replay of a client: the budget of one turn.</summary>
    public long ReplaySteps;

    /// <summary>Figures under $SYS that one Tick publishes.</summary>
    public long Figures;

    /// <summary>Places of the retained table that one housekeeping looks at.</summary>
    public long Places;

    /// <summary>Slots that were ever in use, whose deadlines a Tick looks at: a stated number at
    /// most. Those that have come end a connection.</summary>
    public long Deadlines;

    /// <summary>Slots that a Tick looks at for who is to lose when memory is short: a stated
    /// number at most.</summary>
    public long Slots;

    /// <summary>The steps.</summary>
    public readonly long Budget() => 2500 // A call of any verb, taking over and ending a session.
        + (40 * BytesIn) + (3 * BytesOut) + (12 * SentBlocks) + (BytesWaiting / 2)
        + (12 * FreedBlocks) + (300 * Packets) + (200 * Entries) + (500 * Matches)
        + (60 * Lookups) + (300 * Subscriptions) + (500 * ReplaySteps) + (300 * Figures)
        + (20 * Places) + (400 * Deadlines) + (20 * Slots);

    /// <inheritdoc/>
    public override readonly string ToString() => $"{BytesIn} bytes in, {BytesOut} out "
        + $"behind {SentBlocks} blocks, {FreedBlocks} blocks given back, {BytesWaiting} waiting, "
        + $"{Packets} packets, {Entries} entries, "
        + $"{Matches} matches of {Lookups} look-ups, "
        + $"{Subscriptions} subscriptions, {ReplaySteps} steps of a replay, {Figures} figures, "
        + $"{Places} places, {Deadlines} deadlines, {Slots} slots";
}
