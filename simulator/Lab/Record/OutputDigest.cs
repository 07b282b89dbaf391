using System;
using System.Security.Cryptography;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>
/// Stands for everything that a broker has sent: a checksum after each Transmit, which finds the
/// first one that differs, and SHA-256 of all at the end, which proves that none does.
/// </summary>
internal sealed class OutputDigest : IDisposable
{
    private const int HeldBytes = 16 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _held = new byte[HeldBytes]; // A call for a few bytes costs too much.
    private int _count;

    /// <summary>Whether there is SHA-256 at the end, which costs more than all else.</summary>
    public bool IsHashing { get; set; } = true;

    /// <summary>Of all bytes so far.</summary>
    public uint Running { get; private set; }

    /// <summary>Bytes so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes what one Transmit wrote.</summary>
    public void Add(int slot, ReadOnlySpan<byte> bytes)
    {
        // The same bytes to another client are not the same output.
        Running = Checksum.Of(bytes, Running ^ (uint)slot);
        Bytes += bytes.Length;
        if (!IsHashing)
        {
            return;
        }

        if (bytes.Length > HeldBytes - _count)
        {
            Empty();
        }

        if (bytes.Length > HeldBytes)
        {
            _hash.AppendData(bytes);
            return;
        }

        bytes.CopyTo(_held.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>SHA-256 of everything, or nothing; begins anew.</summary>
    public byte[] End()
    {
        Empty();
        return IsHashing ? _hash.GetHashAndReset() : [];
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Empty()
    {
        _hash.AppendData(_held, 0, _count);
        _count = 0;
    }
}
