namespace EdgeBroker.Simulator.View;

/// <summary>
/// Finds where Control Packets begin in the stream of one connection, however it is cut. It reads
/// Fixed Headers only; whether a packet is right is for the core to judge.
/// </summary>
public sealed class PacketWalker
{
    private const int MaxShift = 28;

    private int _at;
    private int _count;
    private int _left;
    private int _length;
    private int _shift;
    private bool _isInHeader;

    /// <summary>The first byte of the packet that was found last.</summary>
    public byte FirstByte { get; private set; }

    /// <summary>Where what follows its Fixed Header begins.</summary>
    public int Offset => _at;

    /// <summary>Bytes behind its Fixed Header, in this buffer or still to come.</summary>
    public int Length => _length;

    /// <summary>Where its part in the buffer ends.</summary>
    public int End => _count - _at < _length ? _count : _at + _length;

    /// <summary>Begins with bytes that go on where the last ones ended.</summary>
    public void Feed(int count)
    {
        _at = 0;
        _count = count;
    }

    /// <summary>Goes on to the next packet that begins in these bytes.</summary>
    /// <returns>False when there is none; its Fixed Header may end in the next bytes.</returns>
    public bool Next(byte[] buffer)
    {
        int step = _left < _count - _at ? _left : _count - _at;
        _at += step;
        _left -= step;
        if (_at == _count)
        {
            return false;
        }

        if (!_isInHeader)
        {
            FirstByte = buffer[_at++];
            _isInHeader = true;
            _length = 0;
            _shift = 0;
        }

        while (_at < _count)
        {
            byte b = buffer[_at++];
            _length |= (b & 0x7F) << _shift;
            _shift += 7;
            if (b < 0x80 || _shift == MaxShift)
            {
                _isInHeader = false;
                _left = _length;
                return true;
            }
        }

        return false;
    }
}
