using System;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>Bytes that one side has told and the other has to tell next.</summary>
internal sealed class PendingBytes
{
    private byte[] _bytes = new byte[1024];
    private int _start;
    private int _end;

    /// <summary>How many there are.</summary>
    public int Count => _end - _start;

    /// <summary>Puts some behind the others.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_end + bytes.Length > _bytes.Length)
        {
            int count = Count;
            var roomy = count + bytes.Length > _bytes.Length
                ? new byte[2 * (count + bytes.Length)]
                : _bytes;
            _bytes.AsSpan(_start, count).CopyTo(roomy);
            (_bytes, _start, _end) = (roomy, 0, count);
        }

        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Takes the first ones out.</summary>
    /// <returns>Whether they are these.</returns>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Count || !bytes.SequenceEqual(_bytes.AsSpan(_start, bytes.Length)))
        {
            return false;
        }

        _start += bytes.Length;
        return true;
    }
}
