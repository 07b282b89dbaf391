using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// A Client Identifier has one session, the newest; the older one is told so. One whose socket
/// takes nothing is not waited for: its slot is for the next who comes back.
/// </summary>
public sealed class TakeoverChecker() : Checker("takeover")
{
    private readonly List<Session> _blocked = [];

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        foreach (Session session in _blocked)
        {
            Require(Facts.Broker.WantsClose(session.Slot),
                $"{session} was taken over, takes nothing, and is not closed");
        }

        _blocked.Clear();
    }

    /// <inheritdoc/>
    public override void Told(Session session, Told told)
    {
        if (told.What == BrokerEvent.Connected && session.ClientId.Length > 0)
        {
            Session? other = OtherOf(session);
            Require(other == null, $"{session} and {other} are connected");
        }

        if (told.What == BrokerEvent.ConnectRefused && told.Code == ReasonCode.ServerBusy
            && session.ClientId.Length > 0)
        {
            Session? other = OtherOf(session);
            Require(other == null, $"{session} may not take over {other}");
        }

        if (told.What == BrokerEvent.Closed && told.Code == ReasonCode.SessionTakenOver)
        {
            Require(Facts.Moved(Counter.Takeovers) > 0, $"{session} was not taken over");
            if (session.IsBlocked)
            {
                _blocked.Add(session);
            }
        }
    }

    private Session? OtherOf(Session session) => Facts.Sessions.FirstOrDefault(s => s != session
        && s.IsConnected && !s.IsEnded && s.ClientId == session.ClientId);
}
