using System;
using System.IO;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// Reads what clients get, lets them acknowledge it, counts it, and finds what is missing or out of
/// order.
/// </summary>
/// <param name="version">4 or 5.</param>
internal sealed class Inbox(int version)
{
    private const int PublishBits = (int)PacketKind.Publish << 4;
    private const int KindMask = 0xF0;
    private const int QosMask = 0x06;
    private const int LongestVariable = 4;

    /// <summary>Messages that came.</summary>
    public long Delivered { get; private set; }

    /// <summary>Numbers that were left out.</summary>
    public long Gaps { get; private set; }

    /// <summary>Messages that came twice or after a later one.</summary>
    public long Disorder { get; private set; }

    /// <summary>From when they were to be sent until they were read.</summary>
    public Histogram Latency { get; } = new();

    /// <summary>Whether numbers are looked at.</summary>
    public bool ChecksOrder { get; init; } = true;

    /// <summary>Told of each packet that is neither a PUBLISH nor acknowledges one.</summary>
    public required Action<BenchClient, byte[]> Answered { get; init; }

    /// <summary>Takes bytes of a client.</summary>
    public void Take(BenchClient client, ReadOnlySpan<byte> bytes, long nowNs)
    {
        while (client.PartLength > 0 && !bytes.IsEmpty)
        {
            bytes = bytes[Complete(client, bytes, nowNs)..];
        }

        while (true)
        {
            int size = SizeOf(bytes, out int header);
            if (size < 0 || size > bytes.Length)
            {
                break;
            }

            TakePacket(client, bytes[..size], header, nowNs);
            bytes = bytes[size..];
        }

        if (!bytes.IsEmpty)
        {
            Grow(client, bytes.Length);
            bytes.CopyTo(client.Part);
            client.PartLength = bytes.Length;
        }
    }

    /// <summary>Adds to the packet whose beginning is there.</summary>
    /// <returns>Bytes that were used.</returns>
    private int Complete(BenchClient client, ReadOnlySpan<byte> bytes, long nowNs)
    {
        int size = SizeOf(client.Part.AsSpan(0, client.PartLength), out int header);
        int taken = size < 0 ? 1 : Math.Min(size - client.PartLength, bytes.Length);
        Grow(client, client.PartLength + taken);
        bytes[..taken].CopyTo(client.Part.AsSpan(client.PartLength));
        client.PartLength += taken;
        if (client.PartLength == size
            || (size < 0 && client.PartLength
                == SizeOf(client.Part.AsSpan(0, client.PartLength), out header)))
        {
            int length = client.PartLength;
            client.PartLength = 0;
            TakePacket(client, client.Part.AsSpan(0, length), header, nowNs);
        }

        return taken;
    }

    private static void Grow(BenchClient client, int length)
    {
        if (client.Part.Length < length)
        {
            Array.Resize(ref client.Part, 2 * length);
        }
    }

    /// <summary>Bytes of the packet that begins here, or -1 when that cannot be told yet.</summary>
    private static int SizeOf(ReadOnlySpan<byte> bytes, out int header)
    {
        int length = Variable(bytes, 1, out header);
        return length < 0 ? -1 : header + length;
    }

    /// <summary>A Variable Byte Integer, or -1 when it has not come whole.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    private static int Variable(ReadOnlySpan<byte> bytes, int at, out int next)
    {
        int value = 0;
        for (next = at; next < bytes.Length && next < at + LongestVariable;)
        {
            byte digit = bytes[next];
            value |= (digit & 0x7F) << (7 * (next - at));
            next++;
            if (digit < 0x80)
            {
                return value;
            }
        }

        return next < at + LongestVariable
            ? -1
            : throw new InvalidDataException("a length has more than four bytes");
    }

    private void TakePacket(
        BenchClient client, ReadOnlySpan<byte> packet, int header, long nowNs)
    {
        if ((packet[0] & KindMask) != PublishBits)
        {
            if (client.Stage == ClientStage.Asking
                || !Acknowledgements.Take(client, packet, header))
            {
                Answered(client, packet.ToArray());
            }

            return;
        }

        ReadOnlySpan<byte> rest = packet[header..];
        rest = rest[(2 + ((rest[0] << 8) | rest[1]))..];
        int qos = (packet[0] & QosMask) >> 1;
        if (qos > 0)
        {
            Acknowledgements.Answer(client, qos, rest);
            rest = rest[2..];
        }

        if (version == 5)
        {
            int properties = Variable(rest, 0, out int next);
            rest = rest[(next + properties)..];
        }

        Delivered++;
        client.Got++;
        if (rest.Length >= Stamp.TimedSize)
        {
            Latency.Add(nowNs - Stamp.Ns(rest));
        }

        if (ChecksOrder && rest.Length >= Stamp.NumberedSize)
        {
            CheckOrder(client, Stamp.Publisher(rest), Stamp.Number(rest));
        }
    }

    private void CheckOrder(BenchClient client, uint publisher, uint number)
    {
        if (publisher >= client.Last.Length)
        {
            return;
        }

        uint last = client.Last[publisher];
        if (number <= last)
        {
            Disorder++;
            return;
        }

        Gaps += number - last - 1;
        client.Last[publisher] = number;
    }
}
