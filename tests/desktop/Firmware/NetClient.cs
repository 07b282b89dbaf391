using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using EdgeBroker.Firmware.Pc;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>A 3.1.1 client in the virtual network.</summary>
internal sealed class NetClient
{
    private const int StampBytes = 8;

    private readonly VirtualStack _net;
    private readonly string _clientId;
    private readonly int _number;
    private readonly List<byte> _inbox = [];

    public NetClient(VirtualStack net, string clientId, int number)
    {
        _net = net;
        _clientId = clientId;
        _number = number;
        Renew();
    }

    public Peer Peer { get; private set; }

    /// <summary>Whether CONNACK said yes.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>The code of a CONNACK that said no.</summary>
    public int Refusal { get; private set; }

    public bool IsSubscribed { get; private set; }

    /// <summary>Whether the device has ended the connection.</summary>
    public bool IsClosed => Peer.IsReset || Peer.HasEnded;

    /// <summary>Keep Alive in seconds; 0 for none.</summary>
    public byte KeepAliveS { get; set; }

    /// <summary>Messages received.</summary>
    public int Received { get; private set; }

    /// <summary>How long each message was on its way.</summary>
    public List<long> LatenciesMs { get; } = [];

    /// <summary>Begins to connect; a second time with a new network connection.</summary>
    public void Connect()
    {
        if (Peer.IsOpen || Peer.IsRefused || Peer.IsGone)
        {
            Renew();
        }

        byte[] id = Encoding.UTF8.GetBytes(_clientId);
        Peer.OnOpen = () => Peer.Send(
            [0x10, (byte)(12 + id.Length), 0, 4, .. "MQTT"u8, 4, 2, 0, KeepAliveS, 0,
                (byte)id.Length, .. id]);
        Peer.Connect();
    }

    public void Subscribe(string filter)
    {
        byte[] name = Encoding.UTF8.GetBytes(filter);
        Peer.Send([0x82, (byte)(name.Length + 5), 0, 1, 0, (byte)name.Length, .. name, 0]);
    }

    /// <summary>Publishes the time, filled up to a length.</summary>
    public void Publish(string topicName, int payload)
    {
        byte[] name = Encoding.UTF8.GetBytes(topicName);
        int length = 2 + name.Length + payload;
        byte[] head = length < 128
            ? [0x30, (byte)length]
            : [0x30, (byte)(length & 127 | 128), (byte)(length >> 7)];
        byte[] packet = [.. head, 0, (byte)name.Length, .. name, .. new byte[payload]];
        if (payload >= StampBytes)
        {
            BinaryPrimitives.WriteInt64LittleEndian(packet.AsSpan(^payload), _net.NowMs);
        }

        Peer.Send(packet);
    }

    public void Ping() => Peer.Send([0xC0, 0]);

    public void Disconnect()
    {
        Peer.Send([0xE0, 0]);
        Peer.Close();
    }

    /// <summary>The latency that so many hundredths of the messages do not exceed.</summary>
    public long PercentileMs(int hundredths)
    {
        LatenciesMs.Sort();
        return LatenciesMs[(LatenciesMs.Count - 1) * hundredths / 100];
    }

    private void Renew()
    {
        Peer = new Peer(_net, _number) { OnData = Take };
        _inbox.Clear();
        IsAccepted = false;
        IsSubscribed = false;
        Refusal = 0;
    }

    private void Take(byte[] bytes, int count)
    {
        _inbox.AddRange(bytes.AsSpan(0, count).ToArray());
        int size;
        while ((size = PacketSize(out int body)) > 0 && _inbox.Count >= size)
        {
            Handle([.. _inbox.GetRange(0, size)], body);
            _inbox.RemoveRange(0, size);
        }
    }

    private int PacketSize(out int body)
    {
        bool isLong = _inbox.Count > 1 && _inbox[1] > 127;
        body = isLong ? 3 : 2;
        return _inbox.Count < body ? 0
            : body + (isLong ? (_inbox[1] & 127) + (_inbox[2] << 7) : _inbox[1]);
    }

    private void Handle(byte[] packet, int body)
    {
        switch (packet[0] >> 4)
        {
            case 2:
                IsAccepted = packet[3] == 0;
                Refusal = packet[3];
                break;
            case 3:
                Received++;
                int payload = body + 2 + packet[body + 1];
                if (packet.Length - payload >= StampBytes)
                {
                    LatenciesMs.Add(_net.NowMs
                        - BinaryPrimitives.ReadInt64LittleEndian(packet.AsSpan(payload)));
                }

                break;
            case 9:
                IsSubscribed = true;
                break;
        }
    }
}
