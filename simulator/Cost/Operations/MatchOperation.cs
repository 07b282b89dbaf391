using System;
using System.Text;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>The subscribers of a Topic Name are looked up: one of nine filters fits.</summary>
public sealed class MatchOperation : Operation
{
    private const int Filters = 8;
    private const int Subscribers = 16;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(ClientPackets.Topic);
    private readonly int[] _found = new int[Subscribers];
    private readonly byte[] _options = new byte[Subscribers];
    private readonly SubscriptionTable _table;

    /// <summary>A table with filters.</summary>
    public MatchOperation()
    {
        _table = new SubscriptionTable(64, Subscribers, Subscribers, 12,
            new TopicLevels(10, BrokerRig.HashSeed), new BlockPool(24, 68));
        Subscribe(0, ClientPackets.Topic);
        for (int i = 1; i <= Filters; i++)
        {
            Subscribe(i, "home/room" + i.ToString() + "/temp");
        }
    }

    /// <inheritdoc/>
    public override void Run()
    {
        if (_table.Match(_name, 0, _name.Length, _found, _options, 0) != 1)
        {
            throw new InvalidOperationException("one filter fits and was not found");
        }
    }

    private void Subscribe(int subscriber, string filter)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(filter);
        _table.Subscribe(subscriber, bytes, 0, bytes.Length, 0);
    }
}
