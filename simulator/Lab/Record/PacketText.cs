using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>Turns the bytes of one direction of a connection into packets by name.</summary>
internal sealed class PacketText
{
    private const int MostHexBytes = 64;

    private readonly List<byte> _bytes = [];
    private bool _isLost;

    /// <summary>5 or 4; a CONNECT that is read sets it.</summary>
    public int Version { get; set; } = 4;

    /// <summary>The last packet that was read, or null.</summary>
    public Packet? Last { get; private set; }

    /// <summary>Bytes of a packet that is not whole.</summary>
    public int Pending => _bytes.Count;

    /// <summary>Takes bytes and gives a text for each packet that they finish.</summary>
    public IEnumerable<string> Add(byte[] buffer, int offset, int count)
    {
        _bytes.AddRange(buffer.AsSpan(offset, count));
        while (_bytes.Count > 0)
        {
            if (_isLost)
            {
                yield return Hex(_bytes.ToArray()) + ", behind what is no packet";
                _bytes.Clear();
                break;
            }

            int length = WholeLength();
            if (length == 0)
            {
                break;
            }

            byte[] packet = [.. _bytes.GetRange(0, length)];
            _bytes.RemoveRange(0, length);
            yield return Describe(packet);
        }
    }

    private string Describe(byte[] packet)
    {
        if (_isLost)
        {
            return Hex(packet) + ": Remaining Length is malformed";
        }

        var reader = new PacketReader { Version = Version };
        reader.Add(packet);
        try
        {
            Last = reader.Next()!;
            Version = reader.Version;
            return Last.ToString();
        }
        catch (InvalidDataException e)
        {
            Last = null;
            return Hex(packet) + ": " + e.Message;
        }
    }

    // 0 while the packet is not whole. What has no length cannot be divided.
    private int WholeLength()
    {
        int whole = FixedHeaderSize.Of(CollectionsMarshal.AsSpan(_bytes), out _);
        _isLost = whole == FixedHeaderSize.Malformed;
        return _isLost ? _bytes.Count : whole <= _bytes.Count ? whole : 0;
    }

    private static string Hex(byte[] bytes) => bytes.Length <= MostHexBytes
        ? Convert.ToHexString(bytes)
        : $"{Convert.ToHexString(bytes, 0, MostHexBytes)}... ({bytes.Length} bytes)";
}
