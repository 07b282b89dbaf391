using System;
using System.Buffers.Text;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Publishes with one client, always the same packet with another stamp.</summary>
internal sealed class Publisher
{
    // As much as may wait for its socket.
    private const int MostWaiting = 128 * 1024;

    private readonly byte[] _packet;
    private readonly int _payload;

    /// <param name="client">Who publishes; ready.</param>
    /// <param name="load">Version and size.</param>
    /// <param name="topic">Where to.</param>
    public Publisher(BenchClient client, Load load, string topic)
    {
        Client = client;
        _payload = load.Payload;
        _packet = BenchPackets.Publish(load.Version, topic, load.Payload);
    }

    /// <summary>Who publishes.</summary>
    public BenchClient Client { get; }

    /// <summary>Whether one more message may wait for the socket.</summary>
    public bool HasRoom =>
        Client.OutEnd - Client.OutStart + _packet.Length <= MostWaiting || Client.OutEnd == 0;

    /// <summary>Whether it can publish now.</summary>
    public bool IsOpen => Client.Stage == ClientStage.Up && !Client.IsBlocked;

    /// <summary>Writes a number over the zeros of the topic.</summary>
    /// <param name="zeros">Where they stand in the topic.</param>
    /// <param name="digits">How many there are.</param>
    /// <param name="number">The number.</param>
    public void PutNumber(int zeros, int digits, int number)
    {
        // Behind the fixed header, whose length says how long it is itself.
        int at = 1;
        while (_packet[at] >= 0x80)
        {
            at++;
        }

        Span<byte> place = _packet.AsSpan(at + 3 + zeros, digits);
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
        Stamp.Write(to[^_payload..], (uint)Client.Number, Client.Published, ns);
        Client.OutEnd += _packet.Length;
    }
}
