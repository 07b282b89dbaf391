using System;
using System.Collections.Generic;
using System.IO;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>Changes packets: fields where they can be read, else bytes and lengths.</summary>
public sealed class PacketBender(Random random)
{
    private static readonly byte[] _bytes = [0, 1, 2, 0x7F, 0x80, 0x81, 0xFF, (byte)'#', (byte)'+'];

    private readonly PacketMaker _maker = new(random);

    /// <summary>Bytes that are a packet or nearly one.</summary>
    public byte[] Bend(byte[] bytes)
    {
        byte[] bent = random.Next(3) == 0 ? BendFields(bytes) : BendBytes(bytes);
        return random.Next(2) == 0 ? WithLength(bent) : bent;
    }

    /// <summary>The same bytes with the Remaining Length that they have.</summary>
    public static byte[] WithLength(byte[] bytes)
    {
        int body = 1;
        while (body < bytes.Length && body < 4 && bytes[body] >= 0x80)
        {
            body++;
        }

        body++;
        if (body > bytes.Length)
        {
            return bytes;
        }

        var whole = new List<byte> { bytes[0] };
        for (int length = bytes.Length - body; ; length >>= 7)
        {
            whole.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            if (length <= 0x7F)
            {
                break;
            }
        }

        whole.AddRange(bytes.AsSpan(body));
        return [.. whole];
    }

    /// <summary>One to four small changes of bytes.</summary>
    public byte[] BendBytes(byte[] bytes)
    {
        var bent = new List<byte>(bytes);
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(bent.Count + 1);
            int count = Math.Min(random.Next(1, 9), bent.Count - at);
            switch (random.Next(8))
            {
                case 0 when at < bent.Count:
                    bent[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bent.Count:
                    bent[at] = _bytes[random.Next(_bytes.Length)];
                    break;
                case 2 when at < bent.Count:
                    bent[at] += (byte)(random.Next(2) == 0 ? 1 : 255);
                    break;
                case 3:
                    bent.RemoveRange(at, count);
                    break;
                case 4:
                    bent.InsertRange(at, bent.GetRange(at, count));
                    break;
                case 5:
                    bent.Insert(at, (byte)random.Next(256));
                    break;
                case 6 when random.Next(4) == 0:
                    bent.RemoveRange(at, bent.Count - at);
                    break;
                default:
                    if (at < bent.Count)
                    {
                        bent[at] = (byte)random.Next(256);
                    }

                    break;
            }
        }

        return [.. bent];
    }

    private byte[] BendFields(byte[] bytes)
    {
        var reader = new PacketReader { Version = random.Next(3) == 0 ? 4 : 5 };
        reader.Add(bytes);
        try
        {
            return reader.Next() is { } packet ? PacketBytes.Of(Bend(packet)) : BendBytes(bytes);
        }
        catch (InvalidDataException)
        {
            return BendBytes(bytes);
        }
    }

    private Packet Bend(Packet packet)
    {
        Packet other = _maker.Make(packet.Kind, packet.Version);
        var properties = new List<Property>(packet.Properties);
        var filters = new List<(string, int)>(packet.Filters);
        int any = random.Next(properties.Count + 1);
        switch (random.Next(12))
        {
            case 0:
                return packet with { Properties = [.. properties, .. other.Properties] };
            case 1:
                return packet with { Properties = [.. properties, _maker.AnyProperty()] };
            case 2 when any < properties.Count:
                properties.Insert(any, properties[any]);
                return packet with { Properties = properties };
            case 3 when any < properties.Count:
                properties.RemoveAt(any);
                return packet with { Properties = properties };
            case 4:
                return packet with { Qos = random.Next(4), Dup = random.Next(2) == 0 };
            case 5:
                return packet with { Topic = other.Topic, Retain = !packet.Retain };
            case 6:
                return packet with { Code = random.Next(256) };
            case 7:
                return packet with { PacketId = random.Next(2), Codes = other.Codes };
            case 8:
                filters.AddRange(other.Filters);
                return packet with { Filters = filters };
            case 9 when filters.Count > 0:
                int which = random.Next(filters.Count);
                filters[which] = (filters[which].Item1, random.Next(256));
                return packet with { Filters = filters };
            case 10:
                return packet with { ClientId = other.ClientId, Will = other.Will };
            default:
                return packet with { Payload = other.Payload, KeepAliveS = random.Next(3) };
        }
    }
}
