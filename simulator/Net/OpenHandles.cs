using System.Collections;
using System.Collections.Generic;

namespace EdgeBroker.Simulator.Net;

/// <summary>Which numbers are open handles, at one bit each.</summary>
internal sealed class OpenHandles
{
    private const int FirstHandles = 1024;

    private readonly BitArray _isOpen = new(FirstHandles);

    /// <summary>A handle was opened or closed.</summary>
    public void Note(int handle, bool isOpen)
    {
        if (handle >= _isOpen.Length)
        {
            _isOpen.Length = 2 * handle;
        }

        _isOpen[handle] = isOpen;
    }

    /// <summary>Those that are open.</summary>
    public IEnumerable<int> All()
    {
        for (int handle = 0; handle < _isOpen.Length; handle++)
        {
            if (_isOpen[handle])
            {
                yield return handle;
            }
        }
    }
}
