using System;

namespace EdgeBroker.Simulator.Cost;

/// <summary>How much of each WorkKind there is.</summary>
public sealed class WorkAmounts
{
    private readonly long[] _amounts = new long[Enum.GetValues<WorkKind>().Length];

    /// <summary>How much there is of a kind.</summary>
    public long this[WorkKind kind] => _amounts[(int)kind];

    /// <summary>Calls of methods, native ones not among them.</summary>
    public long Calls =>
        this[WorkKind.Call] + this[WorkKind.VirtualCall] + this[WorkKind.InterfaceCall];

    /// <summary>Time on the PC on which the device's runtime was measured.</summary>
    public double Nanoseconds
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _amounts.Length; i++)
            {
                sum += _amounts[i] * InterpreterTimes.Of((WorkKind)i);
            }

            return sum;
        }
    }

    /// <summary>Adds to one kind.</summary>
    public void Add(WorkKind kind, long amount = 1) => _amounts[(int)kind] += amount;

    /// <summary>Adds what something else does, so many times.</summary>
    public void Add(WorkAmounts other, long times)
    {
        for (int i = 0; i < _amounts.Length; i++)
        {
            _amounts[i] += other._amounts[i] * times;
        }
    }
}
