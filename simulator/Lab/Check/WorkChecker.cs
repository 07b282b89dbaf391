using System;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Topics;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Work per verb is bounded (docs/architecture.md, rule 5): by what came in and went out, by the
/// messages that it moved, and by stated budgets.
/// </summary>
/// <remarks>Only a woven core counts steps; SimulationLabs has one.</remarks>
public sealed class WorkChecker() : Checker("work")
{
    // What the core allows itself, stated once more: that it allows itself more is to be noticed.
    private const int SlotsPerRound = 512; // Deadlines.SlotsPerStep
    private const int SlotsPerRelief = 256; // QueuePressure.SlotsPerStep
    private const int MostReplaySteps = 4096; // Replays.MaxSteps
    private const int FiguresPerTick = 8; // SysFigures.PerTurn
    private const int PlacesPerTick = 1000; // RetainedMessages.PlacesPerTurn
    private const int HousekeepingMs = 1000;

    private readonly StepMeter _meter = new();
    private int[] _kept = [];
    private int[] _waiting = [];
    private int[] _sent = [];
    private bool[] _replays = [];
    private bool _hasSubscribed;
    private int _matches;
    private int _subscriptions;
    private long _used;
    private long _housekeptMs;

    /// <summary>To be told of every verb, before all others.</summary>
    public VerbTap Tap => _meter;

    /// <summary>The part of its budget that a verb used at most, in a thousandth.</summary>
    public long Permille { get; private set; }

    /// <inheritdoc/>
    public override void Started()
    {
        int slots = Facts.Limits.Slots();
        _kept = new int[slots];
        _waiting = new int[slots];
        _sent = new int[slots];
        _replays = new bool[slots];
        _hasSubscribed = false;
        _matches = 0;
        _subscriptions = 0;
        _used = 0;
        _housekeptMs = long.MinValue / 2;
    }

    /// <inheritdoc/>
    public override void Handled(Session session, Packet packet) =>
        _hasSubscribed |= packet.Kind == PacketKind.Subscribe;

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        var work = new Work
        {
            BytesIn = verb.Kind == VerbKind.Receive ? verb.Count : 0,
            BytesOut = verb.Kind == VerbKind.Transmit ? verb.Count : 0,
            SentBlocks = verb.Kind == VerbKind.Transmit
                ? _sent[verb.Slot] / Facts.Limits.MessageBlockSize
                : 0,
            Packets = Facts.Moved(Counter.MessagesReceived),
            Entries = Facts.Moved(Counter.MessagesSent) + Facts.Moved(Counter.PublishDropped)
                + Facts.Moved(Counter.MessagesExpired),
            ReplaySteps = MayReplay(verb)
                ? Math.Min(2 * Facts.Limits.MaxQueuedMessages, MostReplaySteps)
                : 0,
        };
        AddMoved(verb, ref work);
        AddFreed(ref work);
        AddTopics(ref work);
        if (verb.Kind == VerbKind.Tick)
        {
            AddTick(ref work);
        }
        else if (verb.Kind == VerbKind.Shutdown)
        {
            work.Deadlines = Facts.Limits.Slots(); // The exception of rule 5: it ends them all.
        }

        long budget = work.Budget();
        Permille = Math.Max(Permille, 1000 * _meter.Steps / budget);
        if (_meter.Steps > budget)
        {
            throw new CheckFailedException(Name,
                $"{verb.Kind} took {_meter.Steps} steps, more than {budget} for {work}");
        }
    }

    private bool MayReplay(Verb verb)
    {
        bool has = _hasSubscribed;
        _hasSubscribed = false;
        return has || (verb.Kind == VerbKind.Tick && _replays.Any(replays => replays))
            || (verb.Kind == VerbKind.Receive && _replays[verb.Slot]);
    }

    /// <summary>Bytes that were kept and are gone, entries that came and went.</summary>
    private void AddMoved(Verb verb, ref Work work)
    {
        InboundBuffers inbound = CoreInside.Inbound(Facts.Broker);
        OutboundQueues queues = CoreInside.Queues(Facts.Broker);
        Replays replays = CoreInside.Replays(Facts.Broker);
        long gone = work.Entries;
        work.Entries = 0;
        foreach (Session session in Facts.Open)
        {
            int slot = session.Slot;
            Move(slot, inbound.Length[slot],
                queues.Messages[slot] + queues.Responses[slot], ref work);
            _sent[slot] = queues.Sent[slot];
            _replays[slot] = replays.IsPending(slot);
        }

        if (verb.Kind == VerbKind.Close)
        {
            Move(verb.Slot, 0, 0, ref work);
            _replays[verb.Slot] = false;
        }

        work.Entries = Math.Max(work.Entries, gone); // Most that are gone were seen twice.
    }

    private void AddFreed(ref Work work)
    {
        int size = Facts.Limits.MessageBlockSize;
        long used = CoreInside.Store(Facts.Broker).Pool.UsedBytes() / size;
        work.FreedBlocks = Math.Max(0, _used + (work.BytesIn / size) - used);
        _used = used;
    }

    private void Move(int slot, int kept, int waiting, ref Work work)
    {
        work.BytesIn += Math.Max(0, _kept[slot] - kept);
        work.Entries += Math.Abs(_waiting[slot] - waiting);
        _kept[slot] = kept;
        _waiting[slot] = waiting;
    }

    private void AddTopics(ref Work work)
    {
        SubscriptionTable table = CoreInside.Subscriptions(Facts.Broker);
        work.Matches = CoreInside.MatchesOf(table) - _matches;
        work.Lookups = work.Matches * CoreInside.ShapesOf(table).UsedCount;
        work.Subscriptions = Math.Abs(table.Count - _subscriptions);
        _matches += (int)work.Matches;
        _subscriptions = table.Count;
    }

    private void AddTick(ref Work work)
    {
        work.Deadlines = Math.Min(
            CoreInside.Connections(Facts.Broker).Touched, SlotsPerRound);
        work.BytesWaiting = Math.Min(_kept.Max(), Facts.Limits.MaxPacketSize);
        work.Slots = Math.Min(Facts.Limits.Slots(), SlotsPerRelief);
        if (Facts.Settings.SysIntervalS > 0)
        {
            work.Figures = FiguresPerTick;
        }

        if (Facts.NowMs >= _housekeptMs + HousekeepingMs)
        {
            _housekeptMs = Facts.NowMs;
            work.Places = Math.Min(
                PlacesPerTick, CoreInside.Retained(Facts.Broker).Table.Positions());
        }
    }
}
