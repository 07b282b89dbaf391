using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// A client in the virtual network: it connects, comes back when its connection is lost, subscribes
/// again, keeps its connection alive, and notes what it gets.
/// </summary>
internal sealed class LabClient
{
    private const int NoLocal = 4;
    private const int CalmLatencyMs = 2;
    private const int ProbeMs = 20_000;
    private const int PatienceMs = 10_000;
    private const int KeepAliveDivisor = 2;
    private const int RefusedV311 = 3;
    private const int RefusedV5 = 0x97;

    private readonly VirtualStack _net;
    private readonly int _index;
    private readonly NetPath _path;
    private readonly SortedDictionary<string, int> _filters = new(StringComparer.Ordinal);
    private Peer? _peer;
    private PacketReader _reader = new();
    private readonly Dictionary<int, string> _asked = [];
    private int _packetId;
    private int _published;
    private int _connections;
    private long _sentMs;
    private bool _isConnected;
    private bool _leavesWillOut;
    private bool _isReading = true;

    public LabClient(VirtualStack net, ClientSpec spec, int index)
    {
        _net = net;
        _index = index;
        Spec = spec;
        _path = new NetPath
        {
            OneWayMs = spec.LatencyMs,
            JitterMs = spec.JitterMs,
            BytesPerS = spec.BytesPerS,
            Loss = spec.LossPerMille / 1000.0,
        };
    }

    public ClientSpec Spec { get; }

    /// <summary>Whether it wants to be connected.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Whether CONNACK said yes and the connection is there.</summary>
    public bool IsConnected => _isConnected;

    /// <summary>Filters that it is subscribed to.</summary>
    public IReadOnlyDictionary<string, int> Filters => _filters;

    /// <summary>Whether all of its SUBSCRIBEs were answered.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Filters that SUBACK refused.</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>Payloads of the last part of a run that have arrived, by topic.</summary>
    public HashSet<string> Finals { get; } = [];

    /// <summary>Whether the connection is known to be alive.</summary>
    public bool IsProbed { get; private set; }

    /// <summary>Begins to want a connection.</summary>
    public void Connect()
    {
        IsOn = true;
        if (_peer == null)
        {
            Open();
        }
    }

    public void Subscribe(string filter, int options)
    {
        options &= Spec.Version == 5 ? 0xFF : 3;
        _filters[filter] = options;
        if (_isConnected)
        {
            SendSubscribe(filter, options);
        }
    }

    public void Unsubscribe(string filter)
    {
        _filters.Remove(filter);
        if (_isConnected)
        {
            Send(new Packet(PacketKind.Unsubscribe)
            {
                PacketId = NextId(),
                Filters = [(filter, 0)],
            });
        }
    }

    public void Publish(Happening what)
    {
        if (!_isConnected)
        {
            return;
        }

        int number = _published++;
        byte[] payload = new byte[what.Bytes];
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] = i < 4 ? (byte)(number >> (8 * i)) : i == 4 ? (byte)_index : (byte)i;
        }

        // A short payload cannot tell the messages apart, so the topic does.
        string topic = payload.Length < 5 && !what.Retain
            ? $"{what.Topic}/{_index}-{number}"
            : what.Topic!;
        Send(new Packet(PacketKind.Publish)
        {
            Topic = topic,
            Payload = payload,
            Retain = what.Retain,
            Qos = what.Qos,
            PacketId = what.Qos > 0 ? NextId() : 0,
            Properties = Spec.Version == 5 && what.ExpiryS > 0
                ? [new Property(Property.MessageExpiryInterval, (long)what.ExpiryS)]
                : [],
        });
    }

    /// <summary>Publishes its last message.</summary>
    public void PublishFinal(string topic) => Send(new Packet(PacketKind.Publish)
    {
        Topic = topic,
        Payload = "final"u8.ToArray(),
    });

    /// <summary>Whether it is to get a message; its own only without No Local.</summary>
    public bool IsToGet(string topic, bool isOwn) => _filters.Any(f => !Refused.Contains(f.Key)
        && TopicRules.Matches(f.Key, topic)
        && !(isOwn && Spec.Version == 5 && (f.Value & NoLocal) != 0));

    public void Ping() => Send(new Packet(PacketKind.Pingreq));

    public void Disconnect()
    {
        IsOn = false;
        if (_isConnected)
        {
            Send(new Packet(PacketKind.Disconnect));
        }

        End();
    }

    /// <summary>Ends the stream without DISCONNECT.</summary>
    public void End()
    {
        Peer? peer = _peer;
        Leave();
        peer?.Close();
    }

    public void Reset()
    {
        Peer? peer = _peer;
        Leave();
        peer?.Abort();
    }

    /// <summary>Loses power; comes back after a time if it was on.</summary>
    public void PowerOff(long forMs)
    {
        if (_peer != null)
        {
            _peer.IsGone = true;
        }

        bool wasOn = IsOn;
        IsOn = false;
        Leave();
        if (wasOn)
        {
            _net.After(forMs, Connect);
        }
    }

    public void StopReading(long forMs)
    {
        _isReading = false;
        _peer?.StopReading(0);
        _net.After(forMs, () =>
        {
            _isReading = true;
            _peer?.GoOnReading();
        });
    }

    public void Mute(long forMs)
    {
        _path.IsMute = true;
        _net.After(forMs, () => _path.IsMute = false);
    }

    public void Deafen(long forMs)
    {
        _path.IsDeaf = true;
        _net.After(forMs, () => _path.IsDeaf = false);
    }

    public void Blackout(long forMs) => _path.BlackoutUntilMs = _net.NowMs + forMs;

    public void SendBytes(byte[] bytes)
    {
        if (_peer == null)
        {
            Open(); // Without a CONNECT of its own.
            _peer!.OnOpen = () => { };
        }

        _sentMs = _net.NowMs;
        _peer.Send(bytes);
    }

    /// <summary>Its way is good from now on.</summary>
    public void CalmDown()
    {
        _path.IsMute = false;
        _path.IsDeaf = false;
        _path.BlackoutUntilMs = 0;
        _path.OneWayMs = CalmLatencyMs;
        _path.JitterMs = 0;
        _path.BytesPerS = 0;
        _path.Loss = 0;
        _isReading = true;
        _peer?.GoOnReading();
        if (Spec.IsHostile)
        {
            IsOn = false;
            Reset();
        }
        else if (IsOn && _peer == null)
        {
            Open();
        }
        else if (_isConnected)
        {
            Probe();
        }
    }

    /// <summary>Asks whether the connection is alive; one that does not answer is reset.</summary>
    private void Probe()
    {
        int connection = _connections;
        IsProbed = false;
        Ping();
        _net.After(ProbeMs, () =>
        {
            if (connection == _connections && !IsProbed)
            {
                Reset();
            }
        });
    }

    private void Open()
    {
        int connection = ++_connections;
        _reader = new PacketReader { Version = Spec.Version };
        _peer = new Peer(_net, _index + 2, _path)
        {
            MaxCut = Spec.CutBytes > 0 ? Spec.CutBytes : int.MaxValue,
        };
        if (!_isReading)
        {
            _peer.StopReading(0);
        }

        _peer.OnOpen = () =>
        {
            if (connection == _connections)
            {
                SendConnect(); // Else an older connection was answered late.
            }
        };
        _peer.OnData = (bytes, count) =>
        {
            if (connection == _connections)
            {
                Take(bytes, count);
            }
        };
        _peer.OnEnd = () =>
        {
            if (connection == _connections)
            {
                Leave();
            }
        };
        _net.After(PatienceMs, () =>
        {
            if (connection == _connections && !_isConnected && _peer != null)
            {
                Reset(); // No CONNACK.
            }
        });
        _peer.Connect();
    }

    /// <summary>The connection is over; tries again later.</summary>
    private void Leave()
    {
        _peer = null;
        _isConnected = false;
        Unanswered = 0;
        int connection = ++_connections;
        if (IsOn && Spec.ComebackMs > 0)
        {
            _net.After(Spec.ComebackMs, () =>
            {
                if (IsOn && _peer == null && connection == _connections)
                {
                    Open();
                }
            });
        }
    }

    private void SendConnect()
    {
        Send(new Packet(PacketKind.Connect)
        {
            ClientId = Spec.IsNameless ? "" : Spec.Id,
            CleanStart = true,
            KeepAliveS = Spec.KeepAliveS,
            Will = Spec.Will == null || _leavesWillOut ? null : new Packet(PacketKind.Publish)
            {
                Version = Spec.Version,
                Topic = Spec.Will,
                Payload = BitConverter.GetBytes((_index << 16) + _connections),
                Retain = Spec.IsWillRetained,
            },
            Properties = Spec.Version == 5 && Spec.MaxPacketSize > 0
                ? [new Property(Property.MaximumPacketSize, (long)Spec.MaxPacketSize)]
                : [],
        });
    }

    private void SendSubscribe(string filter, int options)
    {
        Unanswered++;
        Refused.Remove(filter);
        int id = NextId();
        _asked[id] = filter;
        Send(new Packet(PacketKind.Subscribe) { PacketId = id, Filters = [(filter, options)] });
    }

    private void Send(Packet packet)
    {
        _sentMs = _net.NowMs;
        _peer?.Send(PacketBytes.Of(packet with { Version = Spec.Version }));
    }

    private int NextId() => (_packetId++ % 65535) + 1;

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
                KeepAlive(_connections);
                foreach ((string filter, int options) in _filters)
                {
                    SendSubscribe(filter, options);
                }

                break;
            case PacketKind.Connack:
                // A broker without memory for its Will would refuse it for ever.
                _leavesWillOut |= packet.Code is RefusedV311 or RefusedV5;
                Reset();
                break;
            case PacketKind.Suback:
                Unanswered--;
                if (_asked.Remove(packet.PacketId, out string? asked)
                    && packet.Codes.Any(c => c >= 0x80))
                {
                    Refused.Add(asked);
                }

                break;
            case PacketKind.Pingresp:
                IsProbed = true;
                break;
            case PacketKind.Publish when packet.Payload.AsSpan().SequenceEqual("final"u8):
                Finals.Add(packet.Topic);
                break;
            case PacketKind.Disconnect:
                Reset();
                break;
        }
    }

    private void KeepAlive(int connection)
    {
        if (Spec.KeepAliveS == 0)
        {
            return;
        }

        long intervalMs = Spec.KeepAliveS * 1000L / KeepAliveDivisor;
        _net.After(intervalMs, () =>
        {
            if (connection == _connections && _isConnected)
            {
                if (_net.NowMs - _sentMs >= intervalMs)
                {
                    Ping();
                }

                KeepAlive(connection);
            }
        });
    }
}
