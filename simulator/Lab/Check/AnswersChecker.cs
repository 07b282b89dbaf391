using System.Collections.Generic;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Each packet that asks for an answer gets one, with its Packet Identifier, in the order in which
/// the packets were handled; CONNACK is the first packet of all, and comes once.
/// </summary>
public sealed class AnswersChecker() : Checker("answers")
{
    private readonly Dictionary<Session, Queue<(PacketKind Kind, int PacketId)>> _owed = [];
    private readonly HashSet<Session> _greeted = [];
    private Session? _left;

    /// <inheritdoc/>
    public override void Started()
    {
        _owed.Clear();
        _greeted.Clear();
        _left = null;
    }

    /// <inheritdoc/>
    public override void Opened(Session session) => _owed.Add(session, new());

    /// <inheritdoc/>
    public override void Closed(Session session)
    {
        _owed.Remove(session);
        _greeted.Remove(session);
    }

    /// <inheritdoc/>
    public override void Handled(Session session, Packet packet)
    {
        PacketKind answer = AnswerTo(packet);
        if (answer != 0)
        {
            _owed[session].Enqueue((answer, packet.PacketId));
        }
    }

    /// <inheritdoc/>
    public override void Ended(Session session, Told told, bool leavesWill)
    {
        if (told.What == BrokerEvent.Disconnected)
        {
            _left = session;
        }
    }

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        if (_left is { } left)
        {
            // What is owed to somebody who says DISCONNECT is still sent.
            int waiting = CoreInside.Queues(Facts.Broker).Responses[left.Slot];
            int owed = _owed[left].Count + (_greeted.Contains(left) ? 0 : 1);
            Require(waiting >= owed,
                $"{left} said DISCONNECT and is owed {owed} answers, and {waiting} wait");
            _left = null;
        }
    }

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
        bool isFirst = _greeted.Add(session);
        if (packet.Kind == PacketKind.Connack)
        {
            Require(isFirst, $"{session} got a CONNACK behind other packets [MQTT-3.2.0-1]");
            return;
        }

        Require(!isFirst, $"{session} got {packet} before CONNACK [MQTT-3.2.0-1]");
        if (packet.Kind is PacketKind.Publish or PacketKind.Disconnect)
        {
            return;
        }

        Queue<(PacketKind Kind, int PacketId)> owed = _owed[session];
        if (packet.Kind == PacketKind.Pubrel && IsReleasedAgain(session, packet))
        {
            return;
        }

        while (session.IsEnded && owed.TryPeek(out var one) && !Is(one, packet))
        {
            owed.Dequeue(); // What was owed when it ended may be left out.
        }

        Require(owed.TryDequeue(out var next), $"{session} got {packet} for nothing");
        Require(Is(next, packet),
            $"{session} got {packet}; due is {next.Kind} with identifier {next.PacketId}");
    }

    /// <inheritdoc/>
    public override void AtRest()
    {
        foreach (Session session in Facts.Open)
        {
            if (session.IsConnected && !session.IsEnded && !session.IsBlocked)
            {
                Require(_greeted.Contains(session), $"{session} got no CONNACK");
                Require(!_owed[session].TryPeek(out var one),
                    $"{session} got no {one.Kind} with identifier {one.PacketId}");
            }
        }
    }

    // [MQTT-4.4.0-1]
    private static bool IsReleasedAgain(Session session, Packet packet) =>
        session.State.Flights.Exists(f => f.First.PacketId == packet.PacketId
            && f.IsReleased && f.ReleasedOn != session.Number);

    private static bool Is((PacketKind Kind, int PacketId) owed, Packet packet) =>
        owed.Kind == packet.Kind && owed.PacketId == packet.PacketId;

    private static PacketKind AnswerTo(Packet packet) => packet.Kind switch
    {
        PacketKind.Subscribe => PacketKind.Suback, // [MQTT-3.8.4-1]
        PacketKind.Unsubscribe => PacketKind.Unsuback, // [MQTT-3.10.4-4]
        PacketKind.Pingreq => PacketKind.Pingresp, // [MQTT-3.12.4-1]
        PacketKind.Publish when packet.Qos == 1 => PacketKind.Puback, // [MQTT-4.3.2-4]
        PacketKind.Publish when packet.Qos == 2 => PacketKind.Pubrec, // [MQTT-4.3.3-8]
        PacketKind.Pubrec when packet.Code < 0x80 => PacketKind.Pubrel,
        PacketKind.Pubrel => PacketKind.Pubcomp,
        _ => 0,
    };
}
