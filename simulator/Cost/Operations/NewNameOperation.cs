namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// PUBLISH to one subscriber whose Topic Names the core does not remember: each is checked, cut and
/// matched. There are more names than are remembered, all of one length, and each Run has them all.
/// </summary>
public sealed class NewNameOperation : Operation
{
    /// <summary>Messages of one Run.</summary>
    public const int Names = 64;

    private const int First = 100;

    private readonly BrokerRig _rig;
    private readonly int _publisher;
    private readonly byte[][] _packets = new byte[Names][];

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
        for (int i = 0; i < Names; i++)
        {
            _rig.Exchange(_publisher, _packets[i], 1);
        }
    }
}
