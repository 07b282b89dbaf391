using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// What a broker at QoS 0 is to do, as plainly as it can be said: whole packets come in, packets
/// go out, nothing is ever full. It is slow and has no limits but those of the protocol; where
/// one of a real broker may step in, it asks. Statement numbers are those of MQTT 5.0 where both
/// versions agree.
/// </summary>
/// <param name="settings">What it allows.</param>
/// <param name="limits">What limits refuse.</param>
public sealed partial class ReferenceBroker(ReferenceSettings settings, LimitAnswers limits)
{
    private const int NoLocal = 4;
    private const int RetainAsPublished = 8;

    private readonly List<ReferenceConnection> _connections = [];
    private readonly Queue<(Packet Will, long SinceMs)> _wills = new();
    private int _assigned;

    /// <summary>The time in milliseconds.</summary>
    public long NowMs { get; set; }

    /// <summary>Whoever drives it counts turns here; what is queued or retained notes it.</summary>
    public long Turn { get; set; }

    /// <summary>Sessions there are.</summary>
    public int Clients => _connections.Count(c => c.IsConnected);

    /// <summary>A client opens a Network Connection.</summary>
    public ReferenceConnection Open()
    {
        var connection = new ReferenceConnection { HeardMs = NowMs };
        _connections.Add(connection);
        return connection;
    }

    /// <summary>The Network Connection is gone, without DISCONNECT as far as the broker knows.
    /// </summary>
    public void Lose(ReferenceConnection connection)
    {
        _connections.Remove(connection);
        End(connection, publishesWill: true);
    }

    /// <summary>Why the time of a connection is over: the Reason Code, or 0.</summary>
    public int TimeIsOver(ReferenceConnection connection)
    {
        long silence = NowMs - connection.HeardMs;
        return connection.MustClose ? 0
            : !connection.IsConnected ? silence >= settings.ConnectTimeoutMs ? 0xA0 : 0
            : connection.KeepAliveMs > 0 && silence >= connection.KeepAliveMs
                ? 0x8D // [MQTT-3.1.2-22]
                : 0;
    }

    /// <summary>The broker ends a connection: 5.0 clients are told why.</summary>
    public void Disconnect(ReferenceConnection connection, int code)
    {
        if (connection.IsConnected && connection.Version == 5)
        {
            Send(connection, new Packet(PacketKind.Disconnect) { Code = code });
        }

        connection.MustClose = true;
        End(connection, publishesWill: true);
    }

    /// <summary>A client sends something that is no Control Packet (section 4.13).</summary>
    /// <param name="from">The connection.</param>
    /// <param name="codes">What the client may be told.</param>
    public void ReceiveMalformed(ReferenceConnection from, params int[] codes)
    {
        from.MayBeRefused = !from.IsConnected && !from.MustClose;
        if (!from.MustClose)
        {
            Disconnect(from, limits.Choose(from, codes));
        }
    }

    /// <summary>A client sends a well-formed packet.</summary>
    public void Receive(ReferenceConnection from, Packet packet)
    {
        if (from.MustClose)
        {
            return;
        }

        from.HeardMs = NowMs;
        if (!from.IsConnected)
        {
            if (packet.Kind == PacketKind.Connect)
            {
                Connect(from, packet);
            }
            else
            {
                from.MustClose = true; // [MQTT-3.1.0-1]
            }

            return;
        }

        switch (packet.Kind)
        {
            case PacketKind.Publish:
                Publish(from, packet);
                break;
            case PacketKind.Subscribe:
                Subscribe(from, packet);
                break;
            case PacketKind.Unsubscribe:
                Unsubscribe(from, packet);
                break;
            case PacketKind.Pingreq:
                Send(from, new Packet(PacketKind.Pingresp)); // [MQTT-3.12.4-1]
                break;
            case PacketKind.Disconnect:
                TakeLeave(from, packet);
                break;
            case PacketKind.Puback or PacketKind.Pubcomp:
                break; // Nothing was sent that it could acknowledge.
            case PacketKind.Pubrec or PacketKind.Pubrel:
                AnswerUnknown(from, packet);
                break;
            default:
                // A second CONNECT [MQTT-3.1.0-2], packets of a server, and AUTH without a
                // method [MQTT-4.12.0-7].
                Disconnect(from, 0x82);
                break;
        }
    }

    /// <summary>
    /// Publishes the Wills that are due. It is called once all is done that ends sessions: who
    /// ends at the same time is told nothing more.
    /// </summary>
    public void PublishWills()
    {
        while (_wills.Count > limits.WaitingWills)
        {
            (Packet will, long sinceMs) = _wills.Dequeue();
            Route(will, null, sinceMs);
        }
    }

    /// <summary>Whether a message is not to be sent any more [MQTT-3.3.2-5].</summary>
    public static bool IsExpired(Packet message, long sinceMs, long nowMs) =>
        message.Has(Property.MessageExpiryInterval) && LeftS(message, sinceMs, nowMs) <= 0;

    /// <summary>A packet as it is to be sent at a time [MQTT-3.3.2-6].</summary>
    public static Packet AsSent(Packet packet, long sinceMs, long nowMs) => packet with
    {
        Properties =
        [
            .. packet.Properties.Select(p => p.Id == Property.MessageExpiryInterval
                ? new Property(p.Id, LeftS(packet, sinceMs, nowMs))
                : p),
        ],
    };

    /// <summary>Whether a client takes a packet [MQTT-3.1.2-24] [MQTT-3.1.2-25].</summary>
    public static bool Fits(ReferenceConnection to, Packet packet) =>
        to.MaxPacketSize == long.MaxValue || PacketBytes.Of(packet).Length <= to.MaxPacketSize;

    // Section 4.3.3: the answer lets the client end the flow; a PUBREC that failed ended it.
    private void AnswerUnknown(ReferenceConnection from, Packet packet)
    {
        bool isReceived = packet.Kind == PacketKind.Pubrec;
        if (!isReceived || packet.Code < 0x80)
        {
            Send(from, new Packet(isReceived ? PacketKind.Pubrel : PacketKind.Pubcomp)
            {
                PacketId = packet.PacketId,
                Code = from.Version == 5 ? 0x92 : 0,
            });
        }
    }

    private void TakeLeave(ReferenceConnection from, Packet packet)
    {
        if (!from.WantsSession && packet.Number(Property.SessionExpiryInterval) > 0)
        {
            Disconnect(from, 0x82); // Section 3.14.2.2.2
            return;
        }

        from.MustClose = true;
        End(from, publishesWill: packet.Code != 0); // [MQTT-3.14.4-3]
    }

    private void End(ReferenceConnection connection, bool publishesWill)
    {
        bool wasConnected = connection.IsConnected;
        connection.IsConnected = false;
        connection.Filters.Clear();
        if (wasConnected && publishesWill && connection.Will is { } will
            && !TopicRules.IsSys(will.Topic))
        {
            _wills.Enqueue((will, NowMs)); // [MQTT-3.1.2-8]
        }
    }

    private static long LeftS(Packet message, long sinceMs, long nowMs) =>
        message.Number(Property.MessageExpiryInterval) - ((nowMs - sinceMs) / 1000);

    private void Send(ReferenceConnection to, Packet packet) => Send(to, packet, packet, NowMs);

    private void Send(ReferenceConnection to, Packet packet, Packet message, long sinceMs)
    {
        Packet sent = packet with { Version = to.Version };
        if (Fits(to, sent))
        {
            to.Out.Add(new Outgoing(sent, message, sinceMs, Turn));
        }
    }

    // One that the client does not take cannot be left out: the client would wait for ever.
    private void Acknowledge(ReferenceConnection to, Packet packet)
    {
        int end = limits.End(to, packet);
        if (end == 0 && Fits(to, packet with { Version = to.Version }))
        {
            Send(to, packet);
        }
        else
        {
            Disconnect(to, end > 0 ? end : 0x97);
        }
    }
}
