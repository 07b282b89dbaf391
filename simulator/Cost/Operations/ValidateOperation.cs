using System;
using System.Text;
using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>A Topic Name is checked.</summary>
public sealed class ValidateOperation : Operation
{
    private const int MostLevels = 10;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(ClientPackets.Topic);

    /// <inheritdoc/>
    public override void Run()
    {
        if (TopicName.Check(_name, 0, _name.Length, MostLevels) != ReasonCode.Success)
        {
            throw new InvalidOperationException("the Topic Name is right and was refused");
        }
    }
}
