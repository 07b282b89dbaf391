using System;
using System.Collections.Generic;
using System.IO;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// What one client has sent, read by the strict reader: until when the broker must go on with it,
/// which answers it owes, and with which Reason Codes it may end it.
/// </summary>
internal sealed class ClientShadow(BrokerLimits limits, RefusalRules rules)
{
    private const int MaxHeader = 5;

    private readonly PacketReader _reader = new() { IsToServer = true, JudgesNames = true };
    private readonly List<byte> _head = [];
    private long _wholeAt;
    private long _fed;
    private PacketKind _kind;
    private bool _isFirst = true;

    /// <summary>Why the broker must end the connection; empty as long as it must not.</summary>
    public List<Violation> Refusals { get; } = [];

    /// <summary>The CONNECT, well-formed or nearly so, once it has come.</summary>
    public Packet? Said { get; private set; }

    /// <summary>The CONNECT, if it is well-formed.</summary>
    public Packet? Connect { get; private set; }

    /// <summary>Whether nothing is wrong with the CONNECT.</summary>
    public bool IsConnectSound { get; private set; }

    /// <summary>The client has said a valid DISCONNECT.</summary>
    public Packet? Leave { get; private set; }

    /// <summary>Acknowledgements that the broker owes, in this order.</summary>
    public Queue<Packet> Owed { get; } = new();

    /// <summary>Whole packets.</summary>
    public int Packets { get; private set; }

    /// <summary>Whether the broker must end the connection.</summary>
    public bool IsOver => Refusals.Count > 0 || Leave != null;

    /// <summary>Takes bytes that the broker has been given.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && !IsOver)
        {
            bool isHead = _fed == _wholeAt || _head.Count > 0;
            int count = isHead ? 1 : (int)Math.Min(bytes.Length, _wholeAt - _fed);
            _reader.Add(bytes[..count]);
            _fed += count;
            if (isHead)
            {
                _head.Add(bytes[0]);
                ReadHead();
            }

            bytes = bytes[count..];
            if (!IsOver && _head.Count == 0 && _fed == _wholeAt)
            {
                ReadPacket();
            }
        }
    }

    /// <summary>The size of a packet is known before it has come.</summary>
    private void ReadHead()
    {
        if (_isFirst && _head[0] != (byte)PacketKind.Connect << 4)
        {
            Refusals.Add(new("CONNECT first [MQTT-3.1.0-1]", 0x82, 0x81));
            return;
        }

        if (_head.Count == 1 || (_head[^1] >= 0x80 && _head.Count < MaxHeader))
        {
            return;
        }

        if (_head[^1] >= 0x80)
        {
            Refusals.Add(new("a Remaining Length of five bytes (section 1.5.5)", 0x81));
            return;
        }

        int remaining = 0;
        for (int i = _head.Count - 1; i > 0; i--)
        {
            remaining = (remaining << 7) | (_head[i] & 0x7F);
        }

        _kind = (PacketKind)(_head[0] >> 4);
        int size = _head.Count + remaining;
        _wholeAt = _fed + remaining;
        _head.Clear();
        if (size > (_isFirst ? limits.MaxConnectSize : limits.MaxPacketSize))
        {
            Refusals.Add(new("a packet larger than the limit [MQTT-3.2.2-15]", 0x95));
        }
    }

    private void ReadPacket()
    {
        try
        {
            _reader.Next();
        }
        catch (InvalidDataException)
        {
            Refusals.AddRange(_reader.Violations);
        }

        Packets++;
        Refusals.AddRange(RefusalRules.Judge(_kind, _isFirst));
        if (_reader.Last is { } packet)
        {
            Said ??= packet;
            Connect = _isFirst && Refusals.Count == 0 ? packet : Connect;
            bool hasSession = Connect?.Number(Property.SessionExpiryInterval) > 0;
            Refusals.AddRange(rules.Judge(packet, hasSession));
            if (Refusals.Count == 0)
            {
                Take(packet);
            }
        }

        IsConnectSound |= _isFirst && Refusals.Count == 0;
        _isFirst = false;
    }

    private void Take(Packet packet)
    {
        PacketKind answer = packet.Kind switch
        {
            PacketKind.Publish when packet.Qos == 1 => PacketKind.Puback,
            PacketKind.Pubrec when packet.Code < 0x80 => PacketKind.Pubrel,
            PacketKind.Pubrel => PacketKind.Pubcomp,
            PacketKind.Subscribe => PacketKind.Suback,
            PacketKind.Unsubscribe => PacketKind.Unsuback,
            PacketKind.Pingreq => PacketKind.Pingresp,
            _ => default,
        };
        if (answer != default)
        {
            Owed.Enqueue(packet with { Kind = answer });
        }
        else if (packet.Kind == PacketKind.Disconnect)
        {
            Leave = packet;
        }
    }
}
