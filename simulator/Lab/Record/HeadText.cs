using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Names the packets of one direction of which only the first bytes are known.</summary>
internal sealed class HeadText
{
    private const byte IsDup = 8;
    private const byte HasRetain = 1;

    // Of a packet whose end is in a later chunk.
    private int _left;

    /// <summary>5 or 4; 0 while no CONNECT was seen: what depends on it stays hex.</summary>
    public int Version { get; set; }

    /// <summary>Takes the beginning of a chunk.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="count">Bytes of the chunk.</param>
    /// <returns>A text for each packet that begins in the head.</returns>
    public IEnumerable<string> Add(byte[] head, int count)
    {
        if (_left > 0)
        {
            int more = Math.Min(_left, count);
            yield return $"{more} bytes more of it";
            _left -= more;
            count -= more;
            head = head[Math.Min(more, head.Length)..];
            if (head.Length == 0 && count > 0)
            {
                yield return Behind(count);
            }
        }

        while (head.Length > 0)
        {
            int whole = FixedHeaderSize.Of(head, out int header);
            if (whole <= 0)
            {
                yield return Convert.ToHexString(head) + (whole == FixedHeaderSize.Malformed
                    ? ": Remaining Length is malformed"
                    : ", the beginning of a packet");
                break;
            }

            int known = Math.Min(whole, head.Length);
            yield return Describe(head[..known], header, whole);
            _left = Math.Max(0, whole - count);
            count -= whole;
            head = head[known..];
            if (head.Length == 0 && count > 0)
            {
                yield return Behind(count);
            }
        }
    }

    private static string Behind(int count) => $"{count} bytes more, behind what the trace has";

    private string Describe(byte[] head, int header, int whole)
    {
        var kind = (PacketKind)(head[0] >> 4);
        byte[] body = head[header..];
        if (kind == PacketKind.Connect && body.Length > 6)
        {
            Version = body[6] == 5 ? 5 : 4;
        }

        if (whole == head.Length && Version > 0)
        {
            var reader = new PacketReader { Version = Version };
            reader.Add(head);
            try
            {
                return reader.Next()!.ToString();
            }
            catch (InvalidDataException e)
            {
                return Convert.ToHexString(head) + ": " + e.Message;
            }
        }

        return kind.ToString().ToUpperInvariant() + Fields(kind, head[0], body)
            + $" ({whole} bytes)";
    }

    private static string Fields(PacketKind kind, byte first, byte[] body)
    {
        switch (kind)
        {
            case PacketKind.Connect when body.Length >= 10:
                return $" v{body[6]} keepalive={(body[8] << 8) | body[9]}"
                    + ((body[7] & 2) != 0 ? " clean" : "");
            case PacketKind.Publish when body.Length >= 2:
                int length = (body[0] << 8) | body[1];
                bool isWhole = body.Length >= 2 + length;
                int qos = (first >> 1) & 3;
                string topic = Encoding.UTF8.GetString(body, 2, isWhole ? length : body.Length - 2)
                    .TrimEnd('\uFFFD');
                bool hasId = isWhole && qos > 0 && body.Length >= length + 4;
                return $" {SafeText.Quote(topic)}{(isWhole ? "" : "...")} qos={qos}"
                    + (hasId ? $" id={(body[length + 2] << 8) | body[length + 3]}" : "")
                    + ((first & HasRetain) != 0 ? " retain" : "")
                    + ((first & IsDup) != 0 ? " dup" : "");
            case PacketKind.Pingreq or PacketKind.Pingresp or PacketKind.Publish
                or PacketKind.Connect:
                return "";
            case PacketKind.Connack or PacketKind.Disconnect or PacketKind.Auth:
                return " " + Convert.ToHexString(body);
            default:
                return body.Length < 2 ? "" : $" id={(body[0] << 8) | body[1]}"
                    + (body.Length > 2 ? " " + Convert.ToHexString(body, 2, body.Length - 2) : "");
        }
    }
}
