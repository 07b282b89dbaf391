using System;
using System.Collections.Generic;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Run;

// Its connection: how it begins, is lost, and begins again.
internal sealed partial class LabClient
{
    /// <param name="expiryS">Session Expiry Interval that it changes to; 0 to leave it.</param>
    public void Disconnect(int expiryS = 0)
    {
        IsOn = false;
        if (_isConnected)
        {
            _expiryMs = expiryS > 0 ? Math.Min(_expiryMs, 1000L * expiryS) : _expiryMs;
            Send(new Packet(PacketKind.Disconnect)
            {
                Properties = expiryS > 0 && Spec.Version == 5 && Spec.KeepsSession
                    ? [new Property(Property.SessionExpiryInterval, (long)expiryS)]
                    : [],
            });
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

        IsAway |= IsOn;
        IsOn = false;
        Leave();
        if (IsAway)
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
        _isPrompt = true;
        GoOnAcking();
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
        _leftMs = _isConnected ? _net.NowMs : _leftMs;
        _isConnected = false;
        Unanswered = 0;
        _acks.Clear();
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
}
