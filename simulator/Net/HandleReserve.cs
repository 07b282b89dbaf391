using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Handles that are held so that they can be given back when the system has no more: the runtime
/// may need some then, and would end the process without them.
/// </summary>
internal sealed class HandleReserve : IDisposable
{
    private const int Held = 16;
    private const int Margin = 8;

    private readonly SafeFileHandle?[] _handles = new SafeFileHandle[Held + Margin];

    /// <summary>Takes the handles.</summary>
    public HandleReserve()
    {
        TryFill();
    }

    /// <summary>Gives them back to the system.</summary>
    public void Release()
    {
        Close(0);
    }

    /// <summary>Takes them again, if after that there are still some for others.</summary>
    public bool TryFill()
    {
        if (OperatingSystem.IsWindows())
        {
            return true; // Handles have no limit there that a process meets.
        }

        try
        {
            for (int i = 0; i < _handles.Length; i++)
            {
                _handles[i] ??= File.OpenHandle(
                    "/dev/null", share: FileShare.ReadWrite | FileShare.Delete);
            }

            Close(Held);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Release();
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
    }

    private void Close(int first)
    {
        for (int i = first; i < _handles.Length; i++)
        {
            _handles[i]?.Dispose();
            _handles[i] = null;
        }
    }
}
