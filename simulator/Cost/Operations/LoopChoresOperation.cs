using System;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// Ten seconds of turns in which the firmware's loop looks after network, LED and so on, while no
/// client sends anything. Ten seconds, for that is how often the heap is measured.
/// </summary>
public sealed class LoopChoresOperation(byte version) : Operation, IDisposable
{
    /// <summary>Turns of one Run.</summary>
    public const int Turns = 10_000 / LoopRig.ChoresMs;

    private readonly LoopRig _rig = new(version);

    /// <inheritdoc/>
    public override void Run()
    {
        for (int i = 0; i < Turns; i++)
        {
            _rig.Pass(LoopRig.ChoresMs);
            _rig.Turn();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rig.Dispose();
}
