using System;
using System.Linq;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Publishers and subscribers on topics that a layout gives them.</summary>
/// <param name="name">What it is called on the command line.</param>
/// <param name="about">What happens, in a few words.</param>
/// <param name="layout">Publishers and subscribers for a number of clients.</param>
/// <param name="clients">Clients on the side of which there are many, as a rule.</param>
/// <param name="window">Messages under way, as a rule.</param>
internal sealed class FlowScenario(
    string name, string about, Func<int, Layout> layout, int clients, int window)
    : Scenario(name, about)
{
    private const int OpenAtOnce = 64;

    /// <inheritdoc/>
    public override bool HasQos => true;

    /// <inheritdoc/>
    public override BenchResult Run(Target target, Load load)
    {
        Layout plan = layout(load.Clients > 0 ? load.Clients : clients);
        using var loop = new ClientLoop(target.Address, load, plan.Numbers == null);
        BenchClient[] subscribers =
            [.. plan.Filters.Select((filters, i) => BenchClient.New("s", i, filters))];
        BenchClient[] publishers = [.. plan.Topics.Select((_, i) => BenchClient.New("p", i))];
        foreach (BenchClient subscriber in subscribers)
        {
            subscriber.Last = new uint[publishers.Length];
        }

        loop.Open([.. subscribers, .. publishers], OpenAtOnce);
        var flow = new Flow(loop,
            [.. publishers.Select((p, i) => new Publisher(p, load, plan.Topics[i]))],
            load, load.Window ?? window, plan.Fan, new ProcessMeter(target.ProcessId));
        if (plan.Numbers is { } numbers)
        {
            var random = new Random(1);
            flow.Choose = publisher =>
                publisher.PutNumber(numbers.Zeros, numbers.Digits, random.Next(numbers.Count));
        }

        return flow.Run();
    }
}
