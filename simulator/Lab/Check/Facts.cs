using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Turns the verbs of a broker, whatever host calls them, into facts for the checkers: packets that
/// were handled and sent, sessions that began and ended, in their order.
/// </summary>
public sealed partial class Facts : VerbTap
{
    private readonly List<Told> _told = [];
    private readonly long[] _before = new long[Counter.Count];
    private readonly long[] _now = new long[Counter.Count];
    private readonly Checker[] _checkers;
    private readonly List<Session> _open = [];
    private Session?[] _sessions = [];
    private int _connections;

    /// <param name="checkers">Told in this order.</param>
    public Facts(IReadOnlyList<Checker> checkers)
    {
        _checkers = [.. checkers];
        Observer = new Listener(_told);
        foreach (Checker checker in checkers)
        {
            checker.Facts = this;
        }
    }

    /// <summary>To be given to the broker.</summary>
    public BrokerObserver Observer { get; }

    /// <summary>Who hears of every verb: the facts, and before them whatever has to know of a verb
    /// that fails.</summary>
    public VerbTap? Tap { get; set; }

    /// <summary>The broker that runs.</summary>
    public MqttBroker Broker { get; private set; } = null!;

    /// <summary>Its limits.</summary>
    public BrokerLimits Limits { get; private set; } = null!;

    /// <summary>Its settings.</summary>
    public BrokerSettings Settings { get; private set; } = null!;

    /// <summary>The time of the last verb.</summary>
    public long NowMs { get; private set; }

    /// <summary>Verbs so far, of all brokers.</summary>
    public long Verbs { get; private set; }

    /// <summary>Connections that are open.</summary>
    public IReadOnlyList<Session> Sessions => _open;

    /// <summary>The same, to go through without allocating.</summary>
    internal List<Session> Open => _open;

    /// <summary>Client Identifiers of those that do nothing wrong.</summary>
    public IReadOnlySet<string> GoodIds { get; init; } = new HashSet<string>();

    /// <summary>Packets handled so far.</summary>
    public long Packets { get; private set; }

    /// <summary>Begins with a new broker: the first, or after a reboot.</summary>
    public void Watch(
        MqttBroker broker, BrokerLimits limits, BrokerSettings settings, long nowMs)
    {
        NowMs = nowMs;
        Broker = broker;
        Limits = limits;
        Settings = settings;
        _sessions = new Session?[limits.Slots()];
        _open.Clear();
        _states.Clear();
        _told.Clear();
        Array.Clear(_before);
        broker.SetTap(Tap ?? this);
        foreach (Checker checker in _checkers)
        {
            checker.Started();
        }
    }

    /// <summary>The connection in a slot, or null.</summary>
    public Session? At(int slot) => _sessions[slot];

    /// <summary>How far a counter moved in the verb that was told last.</summary>
    public long Moved(int counter) => Counter.Of(_now, counter) - Counter.Of(_before, counter);

    /// <inheritdoc/>
    public override void Opened(int slot, int address, long nowMs)
    {
        Begin(nowMs);
        if (slot < 0)
        {
            throw new CheckFailedException("host", "a connection was taken without a slot for it");
        }
        else
        {
            if (_sessions[slot] != null)
            {
                throw new CheckFailedException("limits", $"slot {slot} in use was given away");
            }

            var session = new Session(_connections++, slot, nowMs) { Address = address };
            _sessions[slot] = session;
            _open.Add(session);
            Tell(c => c.Opened(session));
        }

        End(new Verb(VerbKind.Open, slot, 0), slot);
    }

    /// <inheritdoc/>
    public override void Received(int slot, byte[] buffer, int offset, int count, long nowMs)
    {
        Begin(nowMs);
        Session session = _sessions[slot]!;
        session.HeardMs = nowMs;
        Arrive(session, buffer.AsSpan(offset, count));
        End(new Verb(VerbKind.Receive, slot, count), slot);
    }

    /// <inheritdoc/>
    public override void Transmitted(
        int slot, byte[] buffer, int offset, int capacity, int count, long nowMs)
    {
        Begin(nowMs);
        var verb = new Verb(VerbKind.Transmit, slot, count);
        Settle(-1);
        Session session = _sessions[slot]!;
        session.Out.Version = Broker.VersionOf(slot) == 5 ? 5 : 4;
        session.BegunMs = session.Out.Pending > 0 ? session.BegunMs : nowMs;
        session.Out.Add(buffer.AsSpan(offset, count));
        while (Read(session) is { } packet)
        {
            if (packet.Kind == PacketKind.Connack
                && packet.Text(Property.AssignedClientIdentifier) is { } assigned)
            {
                session.ClientId = assigned;
                session.State.ClientId = assigned;
            }

            Tell(c => c.Sent(session, packet));
            session.BegunMs = nowMs;
        }

        Finish(verb);
        session.IsBlocked = false;
    }

    /// <inheritdoc/>
    public override void Blocked(int slot, long nowMs)
    {
        Begin(nowMs);
        Settle(-1);
        Finish(new Verb(VerbKind.Block, slot, 0));
        _sessions[slot]!.IsBlocked = true;
    }

    /// <inheritdoc/>
    public override void Ticked(long nowMs)
    {
        Begin(nowMs);
        End(new Verb(VerbKind.Tick, -1, 0), -1);
    }

    /// <inheritdoc/>
    public override void Closed(int slot, long nowMs)
    {
        Begin(nowMs);
        Settle(-1);
        Session session = _sessions[slot]!;
        session.IsEnded = true;
        Tell(c => c.Closed(session));
        _sessions[slot] = null;
        _open.Remove(session);
        Finish(new Verb(VerbKind.Close, slot, 0));
    }

    /// <inheritdoc/>
    public override void ShutDown(long nowMs)
    {
        Begin(nowMs);
        IsShuttingDown = true;
        End(new Verb(VerbKind.Shutdown, -1, 0), -1);
        IsShuttingDown = false;
    }

    /// <summary>Whether the verb is Shutdown, which publishes no Wills.</summary>
    public bool IsShuttingDown { get; private set; }

    /// <summary>Everything has come to rest.</summary>
    public void AtRest() => Tell(c => c.AtRest());

    /// <summary>All connections are closed.</summary>
    public void AtEnd() => Tell(c => c.AtEnd());

    private void Begin(long nowMs)
    {
        NowMs = nowMs;
        Verbs++;
        Broker.ReadCounters(_now);
        // The table adds up two of them; Of wants them as they are kept.
        _now[Counter.MessagesReceived] -= _now[Counter.PublishReceived];
        _now[Counter.MessagesSent] -= _now[Counter.PublishSent];
    }

    private void End(Verb verb, int slot)
    {
        Settle(slot);
        Finish(verb);
    }

    private void Finish(Verb verb)
    {
        foreach (Checker checker in _checkers)
        {
            checker.AfterVerb(verb);
        }

        _now.CopyTo(_before, 0);
    }

    private void Tell(Action<Checker> what)
    {
        foreach (Checker checker in _checkers)
        {
            what(checker);
        }
    }

    private sealed class Listener(List<Told> told) : BrokerObserver
    {
        public override void On(BrokerEvent what, int slot, byte reasonCode, string why) =>
            told.Add(new Told(what, slot, reasonCode, why));
    }
}
