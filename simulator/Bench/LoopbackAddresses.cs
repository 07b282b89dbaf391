using System;
using System.Net;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// Addresses of this computer in turns, so that ports in TIME-WAIT do not run out; on Linux, to a
/// broker on 127.0.0.1.
/// </summary>
internal sealed class LoopbackAddresses(IPEndPoint broker)
{
    private const int First = 2;
    private const int Count = 49;

    private readonly bool _hasThem =
        OperatingSystem.IsLinux() && broker.Address.Equals(IPAddress.Loopback);
    private int _next;

    /// <summary>The next one, or null to leave it to the kernel.</summary>
    public IPEndPoint? Next()
    {
        _next = (_next + 1) % Count;
        return _hasThem ? new(new IPAddress([127, 0, 0, (byte)(First + _next)]), 0) : null;
    }
}
