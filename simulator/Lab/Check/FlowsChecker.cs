using System.Collections.Generic;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// What the broker sends at QoS 1 and 2 comes to its end as section 4.3 says: identifiers that are
/// in use are not given away, the window of the client and of the limits is kept, DUP is set when a
/// PUBLISH is sent once more and only then, and what is on its way goes out again, in order, when
/// the client comes back.
/// </summary>
public sealed class FlowsChecker() : Checker("flows")
{
    private readonly Dictionary<SessionState, Flight> _again = [];

    /// <inheritdoc/>
    public override void Started() => _again.Clear();

    /// <inheritdoc/>
    public override void Entered(Session session) => _again.Remove(session.State);

    /// <inheritdoc/>
    public override void Over(SessionState state) => _again.Remove(state);

    /// <inheritdoc/>
    public override void Handled(Session session, Packet packet)
    {
        List<Flight> flights = session.State.Flights;
        Flight? flight = flights.Find(f => f.First.PacketId == packet.PacketId);
        if (flight == null)
        {
            return;
        }

        bool isNow = flight.IsReleased
            ? flight.ReleasedOn == session.Number
            : flight.SentOn == session.Number;
        switch (packet.Kind)
        {
            case PacketKind.Puback when isNow && flight.First.Qos == 1: // [MQTT-4.3.2-3]
            case PacketKind.Pubrec when isNow && flight.First.Qos == 2 && packet.Code >= 0x80:
            case PacketKind.Pubcomp when isNow && flight.IsReleased: // [MQTT-4.3.3-7]
                flights.Remove(flight);
                break;
            case PacketKind.Pubrec when isNow && flight.First.Qos == 2:
                flight.IsReleased = true; // [MQTT-4.3.3-4]
                flight.ReleasedOn = session.Number;
                break;
        }
    }

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
        if (session.IsEnded)
        {
            return; // A packet that was partly sent may be finished.
        }

        List<Flight> flights = session.State.Flights;
        if (packet.Kind == PacketKind.Pubrel)
        {
            Flight? released = flights.Find(f => f.First.PacketId == packet.PacketId);
            Require(packet.Code != 0 || released is { IsReleased: true },
                $"{session} got {packet} for {released?.ToString() ?? "nothing"}");
            if (packet.Code == 0)
            {
                released!.ReleasedOn = session.Number;
            }
        }
        else if (packet.Kind == PacketKind.Publish && packet.Qos > 0)
        {
            Require(packet.PacketId > 0, $"{session} got {packet} [MQTT-2.2.1-3]");
            int at = flights.FindIndex(f => f.First.PacketId == packet.PacketId);
            if (packet.Dup)
            {
                Repeat(session, packet, at);
            }
            else
            {
                Begin(session, packet, at);
            }
        }
    }

    /// <inheritdoc/>
    public override void AtRest()
    {
        foreach (Session session in Facts.Open)
        {
            if (session.IsConnected && !session.IsEnded && !session.IsBlocked
                && Facts.GoodIds.Contains(session.ClientId)
                && session.State.Flights is [var one, ..])
            {
                Require(false, $"{session} does not get to the end of {one}");
            }
        }
    }

    private void Begin(Session session, Packet packet, int at)
    {
        List<Flight> flights = session.State.Flights;
        Flight? same = at >= 0 ? flights[at] : null;
        Require(same == null || !IsSame(same.First, packet),
            $"{session} got {packet} once more without DUP [MQTT-3.3.1-1]");
        Require(same == null, $"{session} got {packet}; its identifier is that of {same}");
        ForgetTooLarge(session);
        foreach (Flight older in flights)
        {
            Require(older.IsReleased || older.SentOn == session.Number,
                $"{session} got {packet} before {older}, which is to be sent once more "
                + "(section 4.6)");
        }

        flights.Add(new Flight(packet) { SentOn = session.Number });
        Require(flights.Count <= Facts.Limits.MaxInflight,
            $"{session} has {flights.Count} messages on their way");
        CheckWindow(session, packet);
    }

    private void Repeat(Session session, Packet packet, int at)
    {
        List<Flight> flights = session.State.Flights;
        Require(at >= 0, $"{session} got {packet} with DUP for the first time [MQTT-3.3.1-1]");
        Flight flight = flights[at];
        Require(IsSame(flight.First, packet), $"{session} got {packet} with the identifier of "
            + $"{flight}");
        Require(!flight.IsReleased, $"{session} got {packet} behind its PUBREL [MQTT-4.3.3-6]");
        Require(flight.SentOn != session.Number,
            $"{session} got {packet} twice on one connection [MQTT-4.4.0-1]");
        Flight? last = _again.GetValueOrDefault(session.State);
        Require(last == null || flights.IndexOf(last) < at,
            $"{session} got {packet} once more behind {last} (section 4.6)");
        _again[session.State] = flight;
        flight.SentOn = session.Number;
        CheckWindow(session, packet);
    }

    private void CheckWindow(Session session, Packet packet)
    {
        int sent = 0;
        foreach (Flight flight in session.State.Flights)
        {
            sent += flight.SentOn == session.Number ? 1 : 0;
        }

        Require(sent <= session.ReceiveMaximum, $"{session} got {packet}, the "
            + $"{sent}th without an acknowledgement of {session.ReceiveMaximum} [MQTT-3.3.4-9]");
    }

    // Who comes back with a smaller Maximum Packet Size does not get what does not fit.
    private static void ForgetTooLarge(Session session) => session.State.Flights.RemoveAll(f =>
        !f.IsReleased && f.SentOn != session.Number
        && PacketBytes.Of(f.First).Length > session.MaxPacketSize);

    private static bool IsSame(Packet one, Packet other) => one.Topic == other.Topic
        && one.Qos == other.Qos && one.Retain == other.Retain
        && System.MemoryExtensions.SequenceEqual<byte>(one.Payload, other.Payload);
}
