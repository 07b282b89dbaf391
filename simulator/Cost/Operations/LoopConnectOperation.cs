using System;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A third client connects to the firmware: from the turn in which it is accepted to the one that
/// sends its CONNACK.
/// </summary>
public sealed class LoopConnectOperation(byte version) : Operation, IDisposable
{
    private const int MostTurns = 8;

    private readonly LoopRig _rig = new(version);

    /// <inheritdoc/>
    public override void Prepare() => _rig.ExpectGuest();

    /// <inheritdoc/>
    public override void Run()
    {
        int before = _rig.Arrived;
        for (int i = 0; i < MostTurns && _rig.Arrived == before; i++)
        {
            _rig.Turn();
        }

        if (_rig.Arrived == before)
        {
            throw new InvalidOperationException("no CONNACK has come");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rig.Dispose();
}
