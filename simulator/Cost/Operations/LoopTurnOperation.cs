using System;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>A turn of the firmware's loop in which nothing moves, without its chores.</summary>
public sealed class LoopTurnOperation(byte version) : Operation, IDisposable
{
    private readonly LoopRig _rig = new(version);

    /// <inheritdoc/>
    public override void Prepare() => _rig.Rest();

    /// <inheritdoc/>
    public override void Run() => _rig.Turn();

    /// <inheritdoc/>
    public void Dispose() => _rig.Dispose();
}
