using System;
using System.Collections.Generic;
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.View;

/// <summary>
/// Counts what each connection sends and gets, and which topics it publishes to. It belongs to
/// the host's thread and does little for each packet: it reads the Fixed Header and adds one.
/// </summary>
public sealed class Traffic
{
    private readonly MqttBroker _broker;
    private readonly List<ClientTap?> _byHandle = [];
    private long _sentBefore;

    /// <param name="broker">Counts what is sent.</param>
    public Traffic(MqttBroker broker)
    {
        _broker = broker;
    }

    /// <summary>The topics that were published to.</summary>
    public TopicTable Topics { get; } = new();

    /// <summary>A connection has come.</summary>
    public void Open(int handle)
    {
        while (_byHandle.Count <= handle)
        {
            _byHandle.Add(null);
        }

        _byHandle[handle] = new ClientTap();
    }

    /// <summary>Bytes have come from a connection.</summary>
    public void Received(int handle, byte[] buffer, int count)
    {
        ClientTap? client = Of(handle);
        if (client == null)
        {
            return;
        }

        client.In.Bytes += count;
        PacketWalker walker = client.Walker;
        walker.Feed(count);
        while (walker.Next(buffer))
        {
            int type = walker.FirstByte >> 4;
            if (type == PacketType.Publish)
            {
                client.In.Messages++;
                Topics.Count(client.Version, buffer, walker);
            }
            else if (type == PacketType.Connect)
            {
                client.Version =
                    VersionIn(buffer.AsSpan(walker.Offset, walker.End - walker.Offset));
            }
        }
    }

    /// <summary>Bytes have gone to a connection, right after the broker wrote them.</summary>
    /// <param name="handle">The connection.</param>
    /// <param name="count">Bytes, or below 0 when it took none.</param>
    public void Sent(int handle, int count)
    {
        // The host sends what Transmit wrote before it calls Transmit again, so what the broker
        // counted since the last time went to this connection.
        long sent = _broker.CounterOf(Counter.PublishSent);
        ClientTap? client = Of(handle);
        if (client != null)
        {
            client.Out.Bytes += Math.Max(count, 0);
            client.Out.Messages += sent - _sentBefore;
        }

        _sentBefore = sent;
    }

    /// <summary>A connection has ended.</summary>
    public void Close(int handle)
    {
        if (handle < _byHandle.Count)
        {
            _byHandle[handle] = null;
        }
    }

    /// <summary>What is known of a connection; null when it is none.</summary>
    public ClientTap? Of(int handle)
    {
        return handle >= 0 && handle < _byHandle.Count ? _byHandle[handle] : null;
    }

    /// <summary>The level in a CONNECT, or 0 when it is not in these bytes.</summary>
    private static byte VersionIn(ReadOnlySpan<byte> connect)
    {
        int at = connect.Length < 2 ? 2 : 2 + (connect[0] << 8 | connect[1]);
        return at < connect.Length ? connect[at] : (byte)0;
    }
}
