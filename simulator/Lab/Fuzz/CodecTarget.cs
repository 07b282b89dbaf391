using System;
using System.IO;
using System.Linq;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// The codec against the strict reader: it accepts what is well-formed and refuses all else with a
/// Reason Code that the specification allows, sees nothing outside of the packet, and writes what
/// it has read.
/// </summary>
public sealed class CodecTarget : FuzzTarget
{
    private const int Guard = 24;
    private const int MostBytes = 4096;

    // In the kind of a step.
    private const int IsV5 = 1;
    private const int IsToClient = 2;

    private readonly CoreCodec _core = new();
    private readonly byte[] _buffer = new byte[MostBytes + (2 * Guard)];
    private readonly byte[] _copy = new byte[MostBytes + (2 * Guard)];
    private readonly byte[] _written = new byte[MostBytes + (2 * Guard)];

    /// <inheritdoc/>
    public override string Name => "codec";

    /// <inheritdoc/>
    public override int MostSteps => 2;

    /// <inheritdoc/>
    public override void Run(FuzzCase played)
    {
        foreach (FuzzStep step in played.Steps.Where(step => step.Bytes.Length <= MostBytes))
        {
            Run(step.Bytes, (step.Kind & IsV5) != 0 ? 5 : 4, (step.Kind & IsToClient) == 0);
        }
    }

    /// <inheritdoc/>
    public override FuzzStep NewStep(Random random)
    {
        int kind = random.Next(4);
        int version = (kind & IsV5) != 0 ? 5 : 4;
        var maker = new PacketMaker(random);
        Packet packet = (kind & IsToClient) != 0 ? maker.Any(version) : maker.FromClient(version);
        return new FuzzStep(kind, 0, PacketBytes.Of(packet));
    }

    /// <inheritdoc/>
    public override FuzzStep Bend(FuzzStep step, Random random) =>
        step with { Bytes = new PacketBender(random).Bend(step.Bytes) };

    private void Run(byte[] bytes, int version, bool isToServer)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        int used = Decode(bytes, 0, version, isToServer, out int code, out int size);
        int usedAgain = Decode(bytes, 0xFF, version, isToServer, out int codeAgain, out _);
        Require(used == usedAgain && code == codeAgain, $"what stands around the packet makes a "
            + $"difference: 0x{code:X2} and 0x{codeAgain:X2}");
        var reader = new PacketReader
        {
            Version = version,
            IsToServer = isToServer,
            JudgesNames = true,
        };
        reader.Add(bytes);
        Packet? packet = null;
        try
        {
            packet = reader.Next();
        }
        catch (InvalidDataException)
        {
            // The Violations say what it is.
        }

        if (used == 0 || (used > 0 && size > bytes.Length))
        {
            Require(packet == null && reader.Violations.Count == 0, "the packet is whole");
            return;
        }

        if (packet == null)
        {
            string what = string.Join("; ", reader.Violations.Select(v => v.What));
            Require(reader.Violations.Count > 0, "the packet is not whole");
            Require(code != ReasonCode.Success, $"accepted: {what}");
            Require(reader.Violations.Any(v => v.Codes.Contains(code)),
                $"refused with 0x{code:X2}: {what}");
            return;
        }

        Require(code == ReasonCode.Success, $"refused with 0x{code:X2}: {packet}");
        CompareWritten(packet, isToServer);
    }

    /// <returns>Bytes of the Remaining Length, 0 when more are needed, -1 when it is wrong.
    /// </returns>
    private int Decode(
        byte[] bytes, byte around, int version, bool isToServer, out int code, out int size)
    {
        Array.Fill(_buffer, around);
        bytes.CopyTo(_buffer, Guard);
        _buffer.CopyTo(_copy, 0);
        int used = FixedHeader.DecodeRemainingLength(
            _buffer, Guard + 1, Guard + bytes.Length, out int remaining);
        size = 1 + used + remaining;
        code = used < 0 ? ReasonCode.MalformedPacket : ReasonCode.Success;
        if (used > 0 && size <= bytes.Length)
        {
            // Nothing behind it: another packet would hide that it is read.
            Array.Fill(_buffer, around, Guard + size, Guard);
            _buffer.CopyTo(_copy, 0);
            code = _core.Decode(_buffer[Guard], _buffer, Guard + 1 + used, remaining,
                (byte)version, isToServer);
        }

        Require(_buffer.AsSpan().SequenceEqual(_copy), "the codec changed what it read");
        return used;
    }

    private void CompareWritten(Packet packet, bool isToServer)
    {
        Array.Fill(_written, (byte)0xA5);
        int length = _core.Encode(_written, Guard, MostBytes);
        Require(length > 0, $"not written: {packet}");
        Require(!_written.AsSpan(0, Guard).ContainsAnyExcept((byte)0xA5)
            && !_written.AsSpan(Guard + length).ContainsAnyExcept((byte)0xA5),
            "the encoder writes outside of its frame");
        var reader = new PacketReader { Version = packet.Version, IsToServer = isToServer };
        reader.Add(_written.AsSpan(Guard, length));
        Packet? written = reader.Next();
        packet = packet.Kind is PacketKind.Suback or PacketKind.Unsuback
            ? packet with { Properties = [] } // This encoder writes none.
            : packet;
        bool isSame = written != null && PacketBytes.Of(written with { Version = packet.Version })
            .AsSpan().SequenceEqual(PacketBytes.Of(packet));
        Require(isSame, $"{packet} is written as {written}");
        int tooShort = _core.Encode(_written, Guard, length - 1);
        Require(tooShort < 0, "the encoder takes more room than there is");
    }
}
