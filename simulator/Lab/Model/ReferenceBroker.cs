#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// What a broker at QoS 0 is to do, as plainly as it can be said: whole packets come in, packets
/// go out, nothing is ever full. It is slow and has no limits but those of the protocol. Statement
/// numbers are those of MQTT 5.0 where both versions agree.
/// </summary>
public sealed partial class ReferenceBroker(ReferenceSettings settings)
{
    private const int NoLocal = 4;
    private const int RetainAsPublished = 8;

    private readonly List<ReferenceConnection> _connections = [];
    private readonly Dictionary<string, (Packet Message, long StoredMs)> _retained = [];
    private readonly Queue<Packet> _wills = new();
    private int _assigned;

    /// <summary>The time in milliseconds.</summary>
    public long NowMs { get; private set; }

    /// <summary>Topic Names under which something is retained.</summary>
    public IEnumerable<string> RetainedNames => _retained.Keys;

    /// <summary>A client opens a Network Connection.</summary>
    /// <param name="number">Of those whose time is over at once, lower ones end first.</param>
    public ReferenceConnection Open(int number)
    {
        var connection = new ReferenceConnection { Number = number, HeardMs = NowMs };
        _connections.Add(connection);
        return connection;
    }

    /// <summary>The Network Connection is gone, without DISCONNECT as far as the broker knows.
    /// </summary>
    public void Lose(ReferenceConnection connection)
    {
        _connections.Remove(connection);
        End(connection, publishesWill: true);
        PublishWills();
    }

    /// <summary>Lets time pass: Keep Alive, the wait for CONNECT, Message Expiry.</summary>
    public void Pass(long milliseconds)
    {
        NowMs += milliseconds;
        foreach (ReferenceConnection connection in _connections.OrderBy(c => c.Number).ToArray())
        {
            long silence = NowMs - connection.HeardMs;
            if (connection.IsConnected && connection.KeepAliveMs > 0
                && silence >= connection.KeepAliveMs)
            {
                Disconnect(connection, 0x8D); // [MQTT-3.1.2-22]
            }
            else if (!connection.IsConnected && silence >= settings.ConnectTimeoutMs)
            {
                connection.MustClose = true;
            }
        }

        PublishWills();
        foreach ((string name, (Packet message, long storedMs)) in _retained.ToArray())
        {
            if (LeftS(message, storedMs) <= 0)
            {
                _retained.Remove(name); // [MQTT-3.3.2-5]
            }
        }
    }

    /// <summary>A client sends a well-formed packet.</summary>
    public void Receive(ReferenceConnection from, Packet packet)
    {
        Handle(from, packet);
        PublishWills();
    }

    private void Handle(ReferenceConnection from, Packet packet)
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

    // Section 4.3.3: the answer lets the client end the flow; a PUBREC that failed ended it.
    private static void AnswerUnknown(ReferenceConnection from, Packet packet)
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

    /// <summary>The broker ends a connection: 5.0 clients are told why.</summary>
    private void Disconnect(ReferenceConnection connection, int code)
    {
        if (connection.Version == 5)
        {
            Send(connection, new Packet(PacketKind.Disconnect) { Code = code });
        }

        connection.MustClose = true;
        End(connection, publishesWill: true);
    }

    private void End(ReferenceConnection connection, bool publishesWill)
    {
        bool wasConnected = connection.IsConnected;
        connection.IsConnected = false;
        connection.Filters.Clear();
        if (wasConnected && publishesWill && connection.Will is { } will
            && !TopicRules.IsSys(will.Topic))
        {
            _wills.Enqueue(will); // [MQTT-3.1.2-8]
        }
    }

    // Once all is done that ends sessions: who ends at the same time is told nothing more.
    private void PublishWills()
    {
        while (_wills.TryDequeue(out Packet? will))
        {
            Route(will, null);
        }
    }

    private static void Send(ReferenceConnection to, Packet packet)
    {
        Packet sent = packet with { Version = to.Version };
        if (Fits(to, sent))
        {
            to.Out.Enqueue(sent);
        }
    }

    // One that the client does not take cannot be left out: the client would wait for ever.
    private void Acknowledge(ReferenceConnection to, Packet packet)
    {
        if (Fits(to, packet with { Version = to.Version }))
        {
            Send(to, packet);
        }
        else
        {
            Disconnect(to, 0x97);
        }
    }

    // [MQTT-3.1.2-24] [MQTT-3.1.2-25]
    private static bool Fits(ReferenceConnection to, Packet packet) =>
        PacketBytes.Of(packet).Length <= to.MaxPacketSize;
}
