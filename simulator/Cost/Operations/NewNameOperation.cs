namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A PUBLISH to one subscriber whose Topic Name the core does not remember: it is checked, cut and
/// matched. There are more names than are remembered, all of one length.
/// </summary>
public sealed class NewNameOperation : Operation
{
    private const int Names = 64;
    private const int First = 100;

    private readonly BrokerRig _rig;
    private readonly int _publisher;
    private readonly byte[][] _packets = new byte[Names][];
    private int _next;

    /// <summary>A publisher and a subscriber.</summary>
    public NewNameOperation(byte version)
    {
        _rig = new BrokerRig(version);
        _rig.Subscribe("sub", "home/+/temp");
        _publisher = _rig.Connect("pub");
        for (int i = 0; i < Names; i++)
        {
            _packets[i] = ClientPackets.Publish(
                "home/room" + (First + i).ToString() + "/temp", false, version);
        }
    }

    /// <inheritdoc/>
    public override void Run()
    {
        _rig.Exchange(_publisher, _packets[_next], 1);
        _next = (_next + 1) % Names;
    }
}
