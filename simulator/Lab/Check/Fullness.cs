using EdgeBroker.Broker;
using EdgeBroker.Memory;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>How full a session was between two verbs.</summary>
internal readonly struct Fullness
{
    private const int Trailer = 16; // When a message that expires came, at most.

    private readonly BrokerLimits _limits;
    private readonly int _count;
    private readonly int _bytes;
    private readonly int _overGuarantee;
    private readonly int _free;
    private readonly int _unpinned;
    private readonly bool _hasEntries;

    /// <param name="broker">The broker.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="number">The number of the session.</param>
    public Fullness(MqttBroker broker, BrokerLimits limits, int number)
    {
        Broker.Outgoing outgoing = CoreInside.Outgoing(broker)!;
        Backlogs backlogs = CoreInside.BacklogsOf(outgoing);
        FairShare shares = CoreInside.SharesOf(outgoing);
        MessageStore store = CoreInside.Store(broker);
        _limits = limits;
        _count = backlogs.Count[number];
        _bytes = backlogs.Bytes[number];
        _overGuarantee = shares.Held[number] - shares.Guarantee;
        _free = shares.Free - shares.Unclaimed;
        _unpinned = limits.MessageBlocks - limits.ReservedBlocks() - store.PassingBlocks
            - store.PinnedBlocks;
        _hasEntries = CoreInside.Queues(broker).HasRoom(shares.Held.Length);
    }

    /// <summary>Whether it may have had no room for so many messages of so many bytes: by a limit
    /// of its own, or because it has more than its guaranteed share and there is no more, or
    /// because the memory is wanted for what passes through.</summary>
    public bool MayLack(int messages, int bytes) =>
        _count + messages > _limits.MaxSessionMessages
        || _bytes + bytes > _limits.MaxSessionBytes
        || MayBeShort(messages, bytes, 1);

    /// <summary>The same, if so many sessions wanted room for them and only what all share was
    /// short.</summary>
    public bool MayBeShort(int messages, int bytes, int sessions)
    {
        int blocks = ((bytes + (messages * Trailer)) / _limits.MessageBlockSize) + messages;
        return (_overGuarantee + blocks > 0 && _free < blocks * sessions)
            || _unpinned < blocks * sessions || !_hasEntries;
    }
}
