using System;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

// What a verb has handled, and what the broker told of, in the order in which it happened.
public sealed partial class Facts
{
    private static void Arrive(Session session, ReadOnlySpan<byte> bytes)
    {
        if (session.IsMalformed)
        {
            return;
        }

        session.In.Add(bytes);
        try
        {
            while (session.In.Next() is { } packet)
            {
                session.Arrived.Enqueue(packet);
            }
        }
        catch (InvalidDataException)
        {
            session.IsMalformed = true;
            session.Arrived.Enqueue(null);
        }
    }

    private static Packet? Read(Session session)
    {
        try
        {
            return session.Out.Next();
        }
        catch (InvalidDataException e)
        {
            throw new CheckFailedException("codes", $"{session} was sent nonsense: {e.Message}");
        }
    }

    /// <summary>Learns what the verb has handled and what the broker told of.</summary>
    private void Settle(int slot)
    {
        long handled = Moved(Counter.MessagesReceived);
        if (handled > 0)
        {
            Session session = slot >= 0 ? _sessions[slot]! : WhoseTurn();
            for (; handled > 0; handled--)
            {
                Handle(session);
            }
        }

        while (_told.Count > 0)
        {
            TellNext();
        }

        SettleStates();
        InboundBuffers inbound = CoreInside.Inbound(Broker);
        foreach (Session session in _open)
        {
            session.Unhandled = inbound.Length[session.Slot];
        }
    }

    /// <summary>One connection's packets are handled in a Tick; whose shows what is left.</summary>
    private Session WhoseTurn()
    {
        InboundBuffers inbound = CoreInside.Inbound(Broker);
        Session[] able = [.. Sessions.Where(s => s.Arrived.Count > 0 && !s.IsEnded)];
        return able.FirstOrDefault(s => inbound.Length[s.Slot] < s.Unhandled
                && _told.All(t => t.Slot != s.Slot || !t.IsEnd))
            ?? able.FirstOrDefault(s => inbound.Length[s.Slot] < s.Unhandled)
            ?? throw new CheckFailedException("facts", "packets were handled that nobody sent");
    }

    private void Handle(Session session)
    {
        if (!session.Arrived.TryDequeue(out Packet? packet) || session.IsEnded)
        {
            throw new CheckFailedException("facts", $"{session}: more was handled than arrived");
        }

        Packets++;
        session.HandledMs = NowMs;
        if (packet == null)
        {
            RequireEnd(session, "a malformed packet");
            return;
        }

        if (packet.Kind == PacketKind.Connect && session.Version == 0)
        {
            session.Version = packet.Version;
            session.ClientId = packet.ClientId;
            session.Connect = packet;
            TellUntil(t => t.Slot == session.Slot && (t.What == BrokerEvent.Connected || t.IsEnd));
        }

        string? why = Validity.WhyNot(packet, session, Limits, Settings);
        if (why != null)
        {
            RequireEnd(session, why);
            return;
        }

        TakeIn(session, packet);
        Tell(c => c.Handled(session, packet));
        TakenIn(session, packet);
        if (packet.Kind == PacketKind.Disconnect)
        {
            TellUntil(t => t.Slot == session.Slot && t.IsEnd);
        }
    }

    private void RequireEnd(Session session, string why)
    {
        if (!session.IsEnded && !_told.Any(t => t.Slot == session.Slot && t.IsEnd))
        {
            throw new CheckFailedException("codes", $"{session} goes on after {why}");
        }
    }

    private void TellUntil(Predicate<Told> isLast)
    {
        int last = _told.FindIndex(isLast);
        for (; last >= 0; last--)
        {
            TellNext();
        }
    }

    private void TellNext()
    {
        Told told = _told[0];
        _told.RemoveAt(0);
        Session session = _sessions[told.Slot]!;
        if (told.What == BrokerEvent.Connected)
        {
            Enter(session, session.Connect!);
        }

        Tell(c => c.Told(session, told));
        if (told.What == BrokerEvent.Connected)
        {
            session.IsConnected = true;
            Connect(session, session.Connect!);
        }
        else if (told.IsEnd && !session.IsEnded)
        {
            bool leavesWill = session.IsConnected && !IsShuttingDown
                && (told.What != BrokerEvent.Disconnected
                    || (session.Version == 5 && told.Code != 0));
            session.IsEnded = true;
            session.End = told;
            Tell(c => c.Ended(session, told, leavesWill));
            Leave(session);
            session.IsConnected = false;
            session.Arrived.Clear();
        }
    }

    private void Connect(Session session, Packet connect)
    {
        int most = Settings.MaxKeepAliveS;
        int keepAliveS = connect.KeepAliveS;
        keepAliveS = most > 0 && (keepAliveS == 0 || keepAliveS > most) ? most : keepAliveS;
        session.KeepAliveMs = keepAliveS * 1500L;
        session.MaxPacketSize = connect.Number(Property.MaximumPacketSize, long.MaxValue);
        session.ReceiveMaximum =
            (int)connect.Number(Property.ReceiveMaximum, session.ReceiveMaximum);
    }
}
