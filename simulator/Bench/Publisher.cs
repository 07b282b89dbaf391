using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Publishes with one client, always the same packet with another stamp.</summary>
internal sealed class Publisher
{
    // As much as may wait for its socket.
    private const int MostWaiting = 128 * 1024;

    private readonly byte[] _packet;
    private readonly int _payload;
    private readonly int _idAt;
    private readonly int _inflight;

    /// <param name="client">Who publishes; ready.</param>
    /// <param name="load">Version, QoS and size.</param>
    /// <param name="topic">Where to.</param>
    public Publisher(BenchClient client, Load load, string topic)
    {
        Client = client;
        _payload = load.Payload;
        _packet = BenchPackets.Publish(load.Version, topic, load.Payload, qos: load.Qos);
        _idAt = load.Qos > 0 ? TopicAt() + Encoding.UTF8.GetByteCount(topic) : 0;
        _inflight = load.Qos > 0 ? load.Inflight : int.MaxValue;
    }

    /// <summary>Who publishes.</summary>
    public BenchClient Client { get; }

    /// <summary>Whether one more message may wait for the socket, and be acknowledged.</summary>
    public bool HasRoom => !IsFull
        && (Client.OutEnd - Client.OutStart + _packet.Length <= MostWaiting || Client.OutEnd == 0);

    /// <summary>Whether it has to wait until one of its messages is acknowledged.</summary>
    public bool IsFull => Client.Unacknowledged >= _inflight;

    /// <summary>Whether it can publish now.</summary>
    public bool IsOpen => Client.Stage == ClientStage.Up && !Client.IsBlocked;

    /// <summary>Writes a number over the zeros of the topic.</summary>
    /// <param name="zeros">Where they stand in the topic.</param>
    /// <param name="digits">How many there are.</param>
    /// <param name="number">The number.</param>
    public void PutNumber(int zeros, int digits, int number)
    {
        Span<byte> place = _packet.AsSpan(TopicAt() + zeros, digits);
        Utf8Formatter.TryFormat(number, place, out _, new('D', (byte)digits));
    }

    /// <summary>Adds a message to what the client sends.</summary>
    /// <param name="ns">When it was to be sent.</param>
    public void Add(long ns)
    {
        Client.Reserve(_packet.Length);
        Span<byte> to = Client.Out.AsSpan(Client.OutEnd, _packet.Length);
        _packet.CopyTo(to);
        Client.Published++;
        if (_idAt > 0)
        {
            // Few are in use at a time, so the one after 65,535 others is free.
            BinaryPrimitives.WriteUInt16BigEndian(
                to[_idAt..], (ushort)(1 + Client.Published % ushort.MaxValue));
            Client.Unacknowledged++;
        }

        Stamp.Write(to[^_payload..], (uint)Client.Number, Client.Published, ns);
        Client.OutEnd += _packet.Length;
    }

    /// <summary>Behind the Fixed Header, whose length says how long it is itself.</summary>
    private int TopicAt()
    {
        int at = 1;
        while (_packet[at] >= 0x80)
        {
            at++;
        }

        return at + 3;
    }
}
