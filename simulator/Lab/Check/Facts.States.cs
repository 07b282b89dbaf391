using System;
using System.Collections.Generic;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Topics;

namespace EdgeBroker.Simulator.Lab.Check;

// Sessions that may outlive their connections, as they must be by what clients and broker said.
public sealed partial class Facts
{
    private readonly List<SessionState> _states = [];
    private readonly List<(SessionState State, int PacketId)> _doubtful = [];

    /// <summary>Sessions that there are, with and without a connection.</summary>
    public IReadOnlyList<SessionState> States => _states;

    /// <summary>Whether the broker keeps sessions apart from connections.</summary>
    public bool HasSessions => Limits.HasSessions();

    /// <summary>The highest QoS at which the broker sends.</summary>
    public int MostQos => HasSessions ? Settings.MaxQos : 0;

    /// <summary>The QoS that a Topic Filter is granted [MQTT-3.8.4-8].</summary>
    public int GrantOf(int options) => Math.Min(options & 3, MostQos);

    /// <summary>What a packet does to the state of a session, before checkers hear of it.</summary>
    private void TakeIn(Session session, Packet packet)
    {
        SessionState state = session.State;
        switch (packet.Kind)
        {
            case PacketKind.Publish when packet.Qos == 2:
                session.IsRepeating = !state.Incoming.Add(packet.PacketId);
                if (!session.IsRepeating && MayBeRefused(session, packet))
                {
                    _doubtful.Add((state, packet.PacketId));
                }

                break;
            case PacketKind.Disconnect when session.AskedExpiryS != 0
                && packet.Has(Property.SessionExpiryInterval):
                state.ExpiryS = packet.Number(Property.SessionExpiryInterval);
                break;
        }
    }

    /// <summary>What it does after they have heard.</summary>
    private static void TakenIn(Session session, Packet packet)
    {
        session.IsRepeating = false;
        if (packet.Kind == PacketKind.Pubrel)
        {
            session.State.Incoming.Remove(packet.PacketId);
        }
    }

    // A PUBREC that says no ends the flow; then its Packet Identifier is free.
    private bool MayBeRefused(Session session, Packet packet) => session.Version == 5
        && TopicRules.IsSys(packet.Topic);

    /// <summary>The broker says that a client is connected.</summary>
    private void Enter(Session session, Packet connect)
    {
        SessionState? old = connect.ClientId.Length == 0
            ? null
            : _states.Find(s => s.ClientId == connect.ClientId);
        if (old is { Connection: not null })
        {
            throw new CheckFailedException(
                "takeover", $"{session} and {old.Connection} are connected");
        }

        int number = CoreInside.Parts(Broker).SessionOf(session.Slot);
        session.WasPresent = old != null && !connect.CleanStart // [MQTT-3.1.2-4]
            && !old.IsOverAtEntry(NowMs);
        if (session.WasPresent)
        {
            session.State = old!;
        }
        else
        {
            if (old != null)
            {
                End(old);
            }

            session.State = new SessionState { Number = number, ClientId = connect.ClientId };
            _states.Add(session.State);
        }

        SessionState state = session.State;
        if (state.Number != number)
        {
            throw new CheckFailedException(
                "sessions", $"{session} has session {number} and not {state}");
        }

        state.Connection = session;
        state.ExpiryS = session.AskedExpiryS;
        session.ConnectVerb = Verbs;
        foreach (Subscription subscription in state.Filters.Values)
        {
            subscription.Asked = 0; // A SUBACK that has not come never will.
        }

        Tell(c => c.Entered(session));
    }

    /// <summary>A connection has ended.</summary>
    private void Leave(Session session)
    {
        SessionState state = session.State;
        if (state.Connection != session)
        {
            return;
        }

        state.Connection = null;
        state.LeftMs = NowMs;
        if (!HasSessions || state.ExpiryS == 0)
        {
            End(state);
        }
    }

    /// <summary>What the broker refused to take, or to keep, shows at the end of a verb.</summary>
    private void SettleStates()
    {
        if (CoreInside.Exchange(Broker) is not { } exchange
            || CoreInside.Sessions(Broker) is not { } table)
        {
            return;
        }

        Incoming incoming = CoreInside.IncomingOf(exchange);
        foreach ((SessionState state, int id) in _doubtful)
        {
            if (!state.IsOver && !incoming.Has(state.Number, id))
            {
                state.Incoming.Remove(id);
            }
        }

        _doubtful.Clear();
        for (int i = _states.Count - 1; i >= 0; i--)
        {
            SessionState state = _states[i];
            if (state.ExpiryS != 0 && table.ExpiryOf(state.Number) == 0)
            {
                Tell(c => c.Refused(state));
                state.ExpiryS = 0;
                if (state.Connection == null)
                {
                    End(state);
                }
            }
        }
    }

    private void End(SessionState state)
    {
        state.IsOver = true;
        _states.Remove(state);
        Tell(c => c.Over(state));
        state.Filters.Clear();
    }
}
