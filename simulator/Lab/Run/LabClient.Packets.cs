using System;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Run;

// What it sends and gets.
internal sealed partial class LabClient
{
    private void SendConnect()
    {
        Send(new Packet(PacketKind.Connect)
        {
            ClientId = Spec.IsNameless ? "" : Spec.Id,
            CleanStart = IsClean(),
            KeepAliveS = _keepAliveS,
            Will = Spec.Will == null || _leavesWillOut ? null : new Packet(PacketKind.Publish)
            {
                Version = Spec.Version,
                Topic = Spec.Will,
                Payload =
                [
                    .. BitConverter.GetBytes((_index << 16) + _connections),
                    .. new byte[Math.Max(0, Spec.WillBytes - sizeof(int))],
                ],
                Retain = Spec.IsWillRetained,
                Qos = Spec.WillQos,
            },
            Properties = Spec.Version == 5 ? [.. ConnectProperties()] : [],
        });
    }

    private void SendSubscribe(string filter, int options)
    {
        Unanswered++;
        Refused.Remove(filter);
        int id = NextId();
        _asked[id] = (filter, options);
        Send(new Packet(PacketKind.Subscribe) { PacketId = id, Filters = [(filter, options)] });
    }

    private void Send(Packet packet)
    {
        _sentMs = _net.NowMs;
        _peer?.Send(PacketBytes.Of(packet with { Version = Spec.Version }));
    }

    private int NextId()
    {
        do
        {
            _packetId = (_packetId % 65535) + 1;
        }
        while (IsInUse(_packetId));

        return _packetId;
    }

    private void Take(byte[] bytes, int count)
    {
        if (Spec.IsHostile)
        {
            return; // What it sent may be of another version than it is.
        }

        _reader.Add(bytes.AsSpan(0, count));
        try
        {
            while (_peer != null && _reader.Next() is { } packet)
            {
                Handle(packet);
            }
        }
        catch (InvalidDataException e)
        {
            throw new CheckFailedException("wire", $"{Spec.Id} got nonsense: {e.Message}");
        }
    }

    private void Handle(Packet packet)
    {
        switch (packet.Kind)
        {
            case PacketKind.Connack when packet.Code == 0:
                _isConnected = true;
                IsProbed = true;
                KeepAlive(_connections,
                    packet.Number(Property.ServerKeepAlive, _keepAliveS)); // [MQTT-3.2.2-21]
                Resume(packet);
                break;
            case PacketKind.Connack:
                // A broker without memory for its Will would refuse it for ever.
                _leavesWillOut |= packet.Code is RefusedV311 or RefusedV5;
                Reset();
                break;
            case PacketKind.Suback:
                Unanswered--;
                if (_asked.Remove(packet.PacketId, out (string Filter, int Options) asked))
                {
                    NoteGranted(asked.Filter, asked.Options, packet.Codes[0]);
                }

                break;
            case PacketKind.Unsuback:
                _unasked.Remove(packet.PacketId);
                break;
            case PacketKind.Pingresp:
                IsProbed = true;
                break;
            case PacketKind.Publish:
                TakeMessage(packet);
                break;
            case PacketKind.Puback or PacketKind.Pubrec or PacketKind.Pubrel
                or PacketKind.Pubcomp:
                TakeAck(packet);
                break;
            case PacketKind.Disconnect:
                Reset();
                break;
        }
    }

    private void KeepAlive(int connection, long keepAliveS)
    {
        if (keepAliveS == 0)
        {
            return;
        }

        long intervalMs = keepAliveS * 1000 / KeepAliveDivisor;
        _net.After(intervalMs, () =>
        {
            if (connection == _connections && _isConnected)
            {
                if (_net.NowMs - _sentMs >= intervalMs)
                {
                    Ping();
                }

                KeepAlive(connection, keepAliveS);
            }
        });
    }
}
