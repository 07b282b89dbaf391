using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// A client with its socket: what it has sent and the core has not handled yet, how much it
/// takes, and what the reference broker makes of it.
/// </summary>
public sealed class LockstepClient(int number, int slot, ReferenceConnection reference)
{
    /// <summary>A socket that takes everything.</summary>
    public const int Endless = int.MaxValue;

    private readonly List<byte> _stream = [];
    private readonly PacketReader _packets = new();
    private int _handled;

    /// <summary>Its number in the history.</summary>
    public int Number => number;

    /// <summary>Its slot in the core.</summary>
    public int Slot => slot;

    /// <summary>Its connection to the reference broker.</summary>
    public ReferenceConnection Reference => reference;

    /// <summary>What it gets.</summary>
    public PacketReader Reader { get; } = new();

    /// <summary>Bytes that the core has been given.</summary>
    public int Given { get; private set; }

    /// <summary>Bytes in its socket that the core has not been given.</summary>
    public int Pending => _stream.Count - Given;

    /// <summary>Bytes that its socket takes until it is read again.</summary>
    public int Room { get; set; } = Endless;

    /// <summary>Whether nobody ever reads from its socket again.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Bytes that the host holds for it, for its socket did not take them.</summary>
    public int Unsent { get; set; }

    /// <summary>Whether its socket was asked and refused.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Whether a packet of it ever had to wait in the core.</summary>
    public bool WasPutOff { get; set; }

    /// <summary>The last turn in which something was dropped while it was slow.</summary>
    public long DropTurn { get; set; } = -1;

    /// <summary>When the reference broker wanted it closed; -1 before.</summary>
    public long ClosingMs { get; set; } = -1;

    /// <summary>Whether there was memory for its DISCONNECT.</summary>
    public bool HasGoodbye { get; set; } = true;

    /// <summary>Whether it does not get its last packets, for it takes nothing.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>How often each message came because it was retained, and in which turn last.
    /// </summary>
    public Dictionary<Retention, (int Count, long Turn)> Replayed { get; } = [];

    /// <summary>In which turn each figure of the broker came last.</summary>
    public Dictionary<string, long> Figures { get; } = [];

    /// <summary>When the first byte came of the packet that comes next.</summary>
    public long PacketMs { get; set; }

    /// <summary>Bytes come into its socket from the other side.</summary>
    public void Send(byte[] bytes) => _stream.AddRange(bytes);

    /// <summary>The next bytes of those, for the core.</summary>
    public void Give(Span<byte> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = _stream[Given + i];
        }

        Given += target.Length;
    }

    /// <summary>Whether a whole packet was given to the core and not handled.</summary>
    public bool HasWholePacket => Size(out int size) && _handled + size <= Given;

    /// <summary>What the Fixed Header that comes next says, as far as it was given.</summary>
    /// <param name="size">Bytes of the packet; -1 when its length is malformed.</param>
    /// <returns>Whether it is all there.</returns>
    public bool Size(out int size)
    {
        size = FixedHeaderSize.Of(
            CollectionsMarshal.AsSpan(_stream)[_handled..Given], out _);
        return size != FixedHeaderSize.Unknown;
    }

    /// <summary>The first byte of what comes next, or -1.</summary>
    public int FirstByte => _handled < Given ? _stream[_handled] : -1;

    /// <summary>Takes the next packet, which the core has handled.</summary>
    /// <returns>It, or null when it is malformed.</returns>
    /// <exception cref="InvalidDataException">The core cannot have it.</exception>
    public Packet? Next()
    {
        if (!Size(out int size) || size < 0 || _handled + size > Given)
        {
            throw new InvalidDataException("the core has handled a packet that is not whole");
        }

        byte[] bytes = [.. _stream.GetRange(_handled, size)];
        _handled += size;
        _packets.Add(bytes);
        try
        {
            return _packets.Next();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
