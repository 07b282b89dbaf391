using System;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A turn of the firmware's loop in which nothing moves, with or without its chores: network, LED
/// and so on, twenty times a second.
/// </summary>
public sealed class LoopTurnOperation(byte version, bool hasChores) : Operation, IDisposable
{
    private readonly LoopRig _rig = new(version);

    /// <inheritdoc/>
    public override void Prepare()
    {
        _rig.Rest();
        if (hasChores)
        {
            _rig.Pass();
        }
    }

    /// <inheritdoc/>
    public override void Run() => _rig.Turn();

    /// <inheritdoc/>
    public void Dispose() => _rig.Dispose();
}
