using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>
/// Follows the connections to one port through a capture and plays what their clients sent: each
/// byte once, in its order, when it was there.
/// </summary>
internal sealed class CapturedClients
{
    private const byte Connect = 0x10;

    private readonly int _port;
    private readonly CaptureHost _host;
    private readonly Dictionary<(IPEndPoint Client, IPEndPoint Broker), Peer> _peers = [];
    private readonly HashSet<(IPEndPoint, IPEndPoint)> _startless = [];
    private long _repeated;
    private long _early;
    private long _gaps;
    private long _withoutStart;
    private long _cut;

    /// <param name="port">The TCP port of the broker that was captured.</param>
    /// <param name="host">Has the broker that is played into.</param>
    public CapturedClients(int port, CaptureHost host)
    {
        _port = port;
        _host = host;
    }

    /// <summary>Connections that were played.</summary>
    public long Count { get; private set; }

    /// <summary>Takes a segment; those of other ports are ignored.</summary>
    public void Take(TcpSegment segment)
    {
        bool isClient = segment.Dest.Port == _port;
        if (!isClient && segment.Source.Port != _port)
        {
            return;
        }

        (IPEndPoint, IPEndPoint) key = isClient
            ? (segment.Source, segment.Dest)
            : (segment.Dest, segment.Source);
        if (isClient)
        {
            TakeFromClient(key, segment);
        }
        else if (segment.Has(PcapFrame.Reset))
        {
            End(key);
        }
    }

    /// <summary>The capture is over; those that are connected stay.</summary>
    public void Finish()
    {
        foreach (((IPEndPoint, IPEndPoint) key, Peer peer) in _peers.ToArray())
        {
            if (peer.EndNumber != null)
            {
                End(key);
            }
            else
            {
                Tally(peer);
            }
        }

        _peers.Clear();
    }

    /// <summary>What was not as it should be, a sentence each.</summary>
    public IEnumerable<string> Remarks()
    {
        (long Count, string What)[] remarks =
        [
            (_repeated, "segments had come already (sent again, or captured twice): left out"),
            (_early, "segments came too early: put into their order"),
            (_withoutStart, "connections began before the capture: left out"),
            (_gaps, "connections lack bytes that were not captured: played up to there"),
            (_cut, "segments were not captured whole: capture with -s 0"),
        ];
        return remarks.Where(remark => remark.Count > 0)
            .Select(remark => $"{remark.Count} {remark.What}");
    }

    private void TakeFromClient((IPEndPoint, IPEndPoint) key, TcpSegment segment)
    {
        if (segment.Has(PcapFrame.Syn))
        {
            Begin(key, segment.Number + 1);
        }
        else if (!_peers.ContainsKey(key) && segment.Payload.Length > 0
            && !_startless.Contains(key))
        {
            // The handshake was missed. Only a CONNECT makes sense to a broker then.
            if (segment.Payload.Span[0] == Connect)
            {
                Begin(key, segment.Number);
            }
            else
            {
                _startless.Add(key);
                _withoutStart++;
            }
        }

        if (!_peers.TryGetValue(key, out Peer? peer))
        {
            return;
        }

        if (segment.Payload.Length < segment.Length)
        {
            _cut++;
        }

        foreach (ReadOnlyMemory<byte> bytes in peer.Stream.Take(segment))
        {
            _host.Send(peer.Number, bytes);
        }

        if (segment.Has(PcapFrame.Fin))
        {
            peer.EndNumber = segment.Number + (uint)segment.Length;
        }

        // What was sent before FIN may come after it.
        if (segment.Has(PcapFrame.Reset)
            || (peer.EndNumber is uint end && peer.Stream.HasReached(end)))
        {
            End(key);
        }
    }

    private void Begin((IPEndPoint Client, IPEndPoint) key, uint firstNumber)
    {
        if (_peers.TryGetValue(key, out Peer? before))
        {
            if (before.FirstNumber == firstNumber)
            {
                _repeated++;
                return;
            }

            End(key); // The port is used again.
        }

        _startless.Remove(key);
        _peers[key] = new Peer(_host.Open(NumberOf(key.Client.Address)), firstNumber);
        Count++;
    }

    private void End((IPEndPoint, IPEndPoint) key)
    {
        if (_peers.Remove(key, out Peer? peer))
        {
            Tally(peer);
            _host.Close(peer.Number);
        }
    }

    // Not its hash code, which differs from run to run.
    private static int NumberOf(IPAddress address) => (int)Checksum.Of(address.GetAddressBytes());

    private void Tally(Peer peer)
    {
        _repeated += peer.Stream.Repeated;
        _early += peer.Stream.Early;
        _gaps += peer.HasGap ? 1 : 0;
    }

    private sealed class Peer(int number, uint firstNumber)
    {
        public int Number => number;

        public uint FirstNumber => firstNumber;

        public CapturedStream Stream { get; } = new(firstNumber);

        public uint? EndNumber { get; set; }

        public bool HasGap =>
            Stream.HasGap || (EndNumber is uint end && !Stream.HasReached(end));
    }
}
