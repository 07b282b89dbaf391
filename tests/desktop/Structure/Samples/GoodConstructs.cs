using System;

namespace EdgeBroker.Tests.Desktop.Structure.Samples;

/// <summary>What shared code may do; no rule may object.</summary>
internal sealed class GoodConstructs
{
    private static readonly byte[] _table = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
    private readonly byte[][] _slabs;
    private readonly State[] _states;
    private int _count;

    public GoodConstructs(int capacity)
    {
        if (capacity < 1)
        {
            Refuse("capacity", capacity);
        }

        _slabs = new byte[capacity][];
        _states = new State[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _slabs[i] = new byte[16];
        }
    }

    internal delegate void Observer(int slot, string text);

    internal enum State
    {
        Idle,
        Busy,
    }

    internal interface IPort
    {
        bool Write(byte[] buffer, int offset, ref int count);
    }

    public void Validate()
    {
        if (_count > _slabs.Length)
        {
            Refuse("count", _count);
        }
    }

    public int Copy(byte[] buffer, int offset, IPort port, Observer observer)
    {
        int sum = 0;
        foreach (byte value in _table)
        {
            sum += value;
        }

        try
        {
            Array.Copy(_slabs[0], 0, buffer, offset, 4);
            _states[0] = State.Busy;
            observer(0, "copied");
            return port.Write(buffer, offset, ref sum) ? (byte)sum : _count;
        }
        catch (Exception)
        {
            _count++;
            return -1;
        }
    }

    private static void Refuse(string name, int value)
    {
        throw new ArgumentException(name + " " + value.ToString() + " is out of range");
    }
}
