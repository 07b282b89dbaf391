using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Run;

// Messages at QoS 1 and 2 in both directions, as section 4.3 has it.
internal sealed partial class LabClient
{
    private const int NumberBytes = 5;
    private const int NotFound = 0x92;
    private const int No = 0x83;
    private const int Percent = 100;

    private readonly List<Packet> _onTheirWay = []; // PUBLISH or PUBREL, oldest first.
    private readonly Queue<Packet> _waiting = new();
    private readonly HashSet<int> _received = []; // At QoS 2: their PUBREL is to come.
    private readonly HashSet<string> _got = []; // Messages at QoS 2, each once.
    private readonly Queue<Packet> _acks = new();
    private readonly int _quotaOfOld;
    private readonly bool _isSafe;
    private long _quota;
    private int _refusals;
    private bool _isAcking = true;
    private bool _isPrompt;

    /// <summary>Does not acknowledge for a while.</summary>
    public void StopAcking(long forMs)
    {
        _isAcking = false;
        _net.After(forMs, GoOnAcking);
    }

    private void GoOnAcking()
    {
        _isAcking = true;
        while (_acks.TryDequeue(out Packet? ack))
        {
            Send(ack);
        }
    }

    private void SendMessage(Packet publish)
    {
        if (publish.Qos > 0 && _onTheirWay.Count >= _quota)
        {
            _waiting.Enqueue(publish); // [MQTT-3.3.4-7]
            return;
        }

        if (publish.Qos > 0)
        {
            publish = publish with { PacketId = NextId() };
            _onTheirWay.Add(publish);
        }

        Send(publish);
    }

    private void TakeMessage(Packet publish)
    {
        if (publish.Qos < 2)
        {
            TakeIn(publish);
            if (publish.Qos == 1)
            {
                Acknowledge(new Packet(PacketKind.Puback) { PacketId = publish.PacketId });
            }

            return;
        }

        var pubrec = new Packet(PacketKind.Pubrec) { PacketId = publish.PacketId };
        if (!_received.Contains(publish.PacketId))
        {
            if (Spec.Version == 5 && Refuses())
            {
                Acknowledge(pubrec with { Code = No });
                return;
            }

            _received.Add(publish.PacketId);
            TakeIn(publish);
        }

        Acknowledge(pubrec);
    }

    private bool Refuses()
    {
        _refusals += Spec.Refusals;
        bool refuses = _refusals >= Percent;
        _refusals %= Percent;
        return refuses;
    }

    private void TakeIn(Packet publish)
    {
        if (publish.Payload.AsSpan().SequenceEqual("final"u8))
        {
            Finals.Add(publish.Topic);
            return;
        }

        // What is retained may come once more for a SUBSCRIBE; short payloads have no number.
        bool isOne = publish.Payload.Length >= NumberBytes && !publish.Retain;
        if (publish.Qos == 2 && isOne && !_got.Add(
            publish.Topic + Convert.ToHexString(publish.Payload, 0, NumberBytes)))
        {
            throw new CheckFailedException("twice", $"{Spec.Id} got {publish} twice");
        }
    }

    private void TakeAck(Packet ack)
    {
        int id = ack.PacketId;
        int at = _onTheirWay.FindIndex(p => p.PacketId == id);
        Packet? sent = at < 0 ? null : _onTheirWay[at];
        switch (ack.Kind)
        {
            case PacketKind.Puback when sent is { Kind: PacketKind.Publish, Qos: 1 }:
            case PacketKind.Pubcomp when sent is { Kind: PacketKind.Pubrel }:
            case PacketKind.Pubrec when sent is { Kind: PacketKind.Publish, Qos: 2 }
                && ack.Code >= 0x80:
                _onTheirWay.RemoveAt(at);
                break;
            case PacketKind.Pubrec when sent is { Qos: 2 } or { Kind: PacketKind.Pubrel }:
                _onTheirWay[at] = new Packet(PacketKind.Pubrel) { PacketId = id };
                Acknowledge(_onTheirWay[at]);
                break;
            case PacketKind.Pubrel:
                Acknowledge(new Packet(PacketKind.Pubcomp)
                {
                    PacketId = id,
                    Code = _received.Remove(id) || Spec.Version == 4 ? 0 : NotFound,
                });
                break;
            default:
                throw new CheckFailedException("answers", $"{Spec.Id} got {ack} for nothing");
        }

        while (_onTheirWay.Count < _quota && _waiting.TryDequeue(out Packet? next))
        {
            SendMessage(next);
        }
    }

    /// <summary>Sends an acknowledgement when it is time to; in order (section 4.6).</summary>
    private void Acknowledge(Packet ack)
    {
        if (_isAcking && (Spec.AckMs == 0 || _isPrompt) && _acks.Count == 0)
        {
            Send(ack);
            return;
        }

        int connection = _connections;
        _acks.Enqueue(ack);
        if (Spec.AckMs > 0 && !_isPrompt)
        {
            _net.After(Spec.AckMs, () =>
            {
                if (connection == _connections && _isAcking && _acks.TryDequeue(out Packet? next))
                {
                    Send(next);
                }
            });
        }
    }

    private bool IsInUse(int id) => _onTheirWay.Exists(p => p.PacketId == id)
        || _asked.ContainsKey(id) || _unasked.ContainsKey(id);

    // [MQTT-4.4.0-1]
    private void SendAgain()
    {
        foreach (Packet packet in _onTheirWay.ToArray())
        {
            Send(packet.Kind == PacketKind.Publish ? packet with { Dup = true } : packet);
        }
    }
}
