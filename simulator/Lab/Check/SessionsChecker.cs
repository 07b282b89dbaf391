using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// A session stays as long as was asked for, neither shorter nor longer, or the client is told; and
/// Session Present says whether it is there.
/// </summary>
public sealed class SessionsChecker() : Checker("sessions")
{
    /// <summary>How late the core's own step, which looks once a second, may be.</summary>
    private const long LateMs = 3000;

    private readonly Dictionary<SessionState, long> _overdueMs = [];
    private readonly HashSet<SessionState> _refused = [];

    /// <inheritdoc/>
    public override void Started()
    {
        _overdueMs.Clear();
        _refused.Clear();
    }

    /// <inheritdoc/>
    public override void Entered(Session session)
    {
        _overdueMs.Remove(session.State);
        _refused.Remove(session.State);
    }

    /// <inheritdoc/>
    public override void Over(SessionState state)
    {
        _overdueMs.Remove(state);
        _refused.Remove(state);
    }

    /// <inheritdoc/>
    public override void Refused(SessionState state)
    {
        int others = Facts.States.Count(s => s != state && s.ExpiryS != 0);
        bool isFull = others >= Facts.Limits.MaxSessions;
        if (state.Connection != null)
        {
            Require(isFull, $"{state} is not kept, and {others} are kept of "
                + $"{Facts.Limits.MaxSessions}");
            _refused.Add(state);
            return;
        }

        bool isLate = state.IsExpired(Facts.NowMs);
        bool hasJustLeft = state.LeftMs == Facts.NowMs;
        bool mayBeBehind = Facts.Settings.QueueFullPolicy == QueueFullPolicy.Disconnect
            && state.Waiting.Count > 0;
        Require(isLate || mayBeBehind || (isFull && (state.IsEmpty || hasJustLeft)),
            $"{state} ended {Facts.NowMs - state.LeftMs} ms after its connection, it was to stay "
            + $"for {state.ExpiryS} s [MQTT-3.1.2-23]");
    }

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
        if (packet.Kind != PacketKind.Connack || packet.Code != 0)
        {
            return;
        }

        // [MQTT-3.2.2-2] [MQTT-3.2.2-3]
        Require(packet.SessionPresent == session.WasPresent,
            $"{session} got {packet}; its session was {(session.WasPresent ? "" : "not ")}there");
        if (session.Version == 5 && !session.State.IsOver)
        {
            long told = packet.Number(Property.SessionExpiryInterval, session.AskedExpiryS);
            long staysS = _refused.Contains(session.State) ? 0 : session.AskedExpiryS;
            Require(told == staysS, $"{session} got {packet}; its session stays for {staysS} s");
        }
    }

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        if (CoreInside.Sessions(Facts.Broker) is not { } table)
        {
            return;
        }

        int detached = 0;
        int kept = 0;
        foreach (SessionState state in Facts.States)
        {
            detached += state.IsDetached ? 1 : 0;
            kept += state.ExpiryS != 0 ? 1 : 0;
            uint expiryS = (uint)table.ExpiryOf(state.Number);
            Require(expiryS == state.ExpiryS,
                $"{state} stays for {expiryS} s, asked for was {state.ExpiryS}");
            if (verb.Kind == VerbKind.Tick && state.IsExpired(Facts.NowMs)
                && !_overdueMs.TryAdd(state, Facts.NowMs))
            {
                long lateMs = Facts.NowMs - _overdueMs[state];
                Require(lateMs <= LateMs, $"{state} is over for {lateMs} ms and still there");
            }
        }

        Require(table.Count == Facts.States.Count,
            $"{table.Count} sessions are there, not {Facts.States.Count}");
        Require(table.Detached == detached,
            $"{table.Detached} sessions without a connection are there, not {detached}");
        Require(table.Kept == kept && kept <= Facts.Limits.MaxSessions,
            $"{table.Kept} sessions are kept, not {kept}, of {Facts.Limits.MaxSessions}");
    }
}
