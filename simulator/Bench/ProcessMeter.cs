using System;
using System.ComponentModel;
using System.Diagnostics;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Reads processor time and memory of a process of this computer.</summary>
/// <param name="processId">Its number, or null when it is not known.</param>
internal sealed class ProcessMeter(int? processId)
{
    private readonly Process? _process = Find(processId);

    /// <summary>Processor time so far in seconds, or null.</summary>
    public double? CpuS() => Ask(process => process.TotalProcessorTime.TotalSeconds);

    /// <summary>Resident memory in bytes, or null.</summary>
    public long? Bytes() => (long?)Ask(process => process.WorkingSet64);

    private static Process? Find(int? processId)
    {
        try
        {
            return processId == null ? null : Process.GetProcessById(processId.Value);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private double? Ask(Func<Process, double> question)
    {
        try
        {
            _process?.Refresh();
            return _process == null ? null : question(_process);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return null; // It has ended, or belongs to another user.
        }
    }
}
