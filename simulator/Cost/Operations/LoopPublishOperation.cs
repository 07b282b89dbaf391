using System;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A PUBLISH reaches the firmware and goes to one subscriber: the turn of the loop in which it
/// waits in the socket. The loop had come to rest, so it looks at all of its sockets.
/// </summary>
public sealed class LoopPublishOperation(byte version) : Operation, IDisposable
{
    private readonly LoopRig _rig = new(version);

    /// <inheritdoc/>
    public override void Prepare()
    {
        _rig.Rest();
        _rig.Publish();
    }

    /// <inheritdoc/>
    public override void Run()
    {
        int before = _rig.Arrived;
        _rig.Turn();
        if (_rig.Arrived != before + _rig.PacketSize)
        {
            throw new InvalidOperationException("the PUBLISH did not get through in a turn");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rig.Dispose();
}
