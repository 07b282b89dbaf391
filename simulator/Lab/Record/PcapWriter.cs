using System;
using System.Collections.Generic;
using System.IO;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>
/// Writes what a broker's verbs carry as a capture for Wireshark (pcap): raw IPv4, a TCP
/// connection for each one of the broker. The clients are at 10.1.x.y, where the slot is x * 256 +
/// y; the broker is 10.0.0.1. Times are those of the verbs.
/// </summary>
public sealed class PcapWriter : VerbTap, IDisposable
{
    private const uint MicrosecondMagic = 0xA1B2C3D4;
    private const int RawIp = 101;
    private const int MostBytes = 262_144;
    private const int FileHeaderBytes = 24;
    private const int RecordHeaderBytes = 16;
    private const uint BrokerAddress = 0x0A000001;
    private const uint ClientNetwork = 0x0A010000;
    private const ushort MqttPort = 1883;
    private const int FirstPort = 1024;
    private const int Ports = 64_000;
    private const int StreamBytes = 64 * 1024;

    private readonly BinaryWriter _to;
    private readonly long _startMs;
    private readonly long _startUs;
    private readonly Dictionary<int, (PcapEnd Client, PcapEnd Broker)> _flows = [];
    private readonly byte[] _packet = new byte[65_536];
    private int _connections;

    /// <param name="stream">Takes the capture; closed by Dispose.</param>
    /// <param name="startMs">A time of the broker's clock.</param>
    /// <param name="startedUtc">What time it was then.</param>
    public PcapWriter(Stream stream, long startMs, DateTime startedUtc)
    {
        _to = new BinaryWriter(new BufferedStream(stream, StreamBytes));
        _startMs = startMs;
        _startUs = (startedUtc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        _to.Write(MicrosecondMagic);
        _to.Write((ushort)2);
        _to.Write((ushort)4);
        _to.Write(0L); // Time zone and accuracy, which nobody fills in.
        _to.Write(MostBytes);
        _to.Write(RawIp);
        Bytes = FileHeaderBytes;
    }

    /// <summary>Bytes written.</summary>
    public long Bytes { get; private set; }

    /// <inheritdoc/>
    public override void Opened(int slot, int address, long nowMs)
    {
        int number = _connections++;
        var client = new PcapEnd
        {
            Address = ClientNetwork + (uint)(slot == MqttBroker.None ? 0xFFFF : slot & 0xFFFF),
            Port = (ushort)(FirstPort + (number % Ports)),
            Sent = (uint)(number + 1) * 1000,
        };
        var broker = new PcapEnd { Address = BrokerAddress, Port = MqttPort, Sent = 1 };
        Write(nowMs, client, broker, PcapFrame.Syn, []);
        client.Sent++;
        if (slot == MqttBroker.None)
        {
            Write(nowMs, broker, client, PcapFrame.Reset | PcapFrame.Ack, []);
            return;
        }

        Write(nowMs, broker, client, PcapFrame.Syn | PcapFrame.Ack, []);
        broker.Sent++;
        Write(nowMs, client, broker, PcapFrame.Ack, []);
        _flows[slot] = (client, broker);
    }

    /// <inheritdoc/>
    public override void Received(int slot, byte[] buffer, int offset, int count, long nowMs)
    {
        if (_flows.TryGetValue(slot, out (PcapEnd Client, PcapEnd Broker) flow))
        {
            Send(nowMs, flow.Client, flow.Broker, buffer.AsSpan(offset, count));
        }
    }

    /// <inheritdoc/>
    public override void Transmitted(
        int slot, byte[] buffer, int offset, int capacity, int count, long nowMs)
    {
        if (_flows.TryGetValue(slot, out (PcapEnd Client, PcapEnd Broker) flow))
        {
            Send(nowMs, flow.Broker, flow.Client, buffer.AsSpan(offset, count));
        }
    }

    /// <inheritdoc/>
    public override void Blocked(int slot, long nowMs)
    {
    }

    /// <inheritdoc/>
    public override void Ticked(long nowMs)
    {
    }

    /// <inheritdoc/>
    public override void Closed(int slot, long nowMs)
    {
        if (!_flows.Remove(slot, out (PcapEnd Client, PcapEnd Broker) flow))
        {
            return;
        }

        (PcapEnd client, PcapEnd broker) = flow;
        Write(nowMs, broker, client, PcapFrame.Fin | PcapFrame.Ack, []);
        broker.Sent++;
        Write(nowMs, client, broker, PcapFrame.Fin | PcapFrame.Ack, []);
        client.Sent++;
        Write(nowMs, broker, client, PcapFrame.Ack, []);
    }

    /// <inheritdoc/>
    public override void ShutDown(long nowMs)
    {
    }

    /// <summary>Writes what is held and closes the stream.</summary>
    public void Dispose() => _to.Dispose();

    private void Send(long nowMs, PcapEnd from, PcapEnd dest, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, PcapFrame.MostPayload)];
            Write(nowMs, from, dest, PcapFrame.Push | PcapFrame.Ack, part);
            from.Sent += (uint)part.Length;
            Write(nowMs, dest, from, PcapFrame.Ack, []);
            bytes = bytes[part.Length..];
        }
    }

    private void Write(
        long nowMs, PcapEnd from, PcapEnd dest, int flags, ReadOnlySpan<byte> payload)
    {
        int length = PcapFrame.Write(_packet, from, dest, (byte)flags, payload);
        long us = _startUs + ((nowMs - _startMs) * 1000);
        _to.Write((uint)(us / 1_000_000));
        _to.Write((uint)(us % 1_000_000));
        _to.Write(length);
        _to.Write(length);
        _to.Write(_packet, 0, length);
        Bytes += RecordHeaderBytes + length;
    }
}
