using System;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// Four PUBLISH to one subscriber through the firmware while traffic flows: one waits at each
/// turn of the loop. In one turn of four it looks at all of its sockets.
/// </summary>
public sealed class LoopFlowOperation(byte version) : Operation, IDisposable
{
    /// <summary>Messages of one Run.</summary>
    public const int Messages = 4;

    private readonly LoopRig _rig = new(version);

    /// <inheritdoc/>
    public override void Prepare()
    {
        _rig.Rest();
        Flow();
        Flow();
    }

    /// <inheritdoc/>
    public override void Run() => Flow();

    /// <inheritdoc/>
    public void Dispose() => _rig.Dispose();

    private void Flow()
    {
        int before = _rig.Arrived;
        for (int i = 0; i < Messages; i++)
        {
            _rig.Publish();
            _rig.Turn();
        }

        if (_rig.Arrived != before + (Messages * _rig.PacketSize))
        {
            throw new InvalidOperationException("a PUBLISH did not get through in its turn");
        }
    }
}
