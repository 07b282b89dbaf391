using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>What a fleet sends and gets, second by second.</summary>
internal sealed class FleetTraffic
{
    private readonly double[] _perS;
    private readonly double[] _bytesPerS;

    /// <summary>Looks who gets what of a fleet.</summary>
    public FleetTraffic(IReadOnlyList<FleetNode> nodes)
    {
        _perS = new double[nodes.Count];
        _bytesPerS = new double[nodes.Count];
        AtOnce = new int[nodes.Count];
        BytesAtOnce = new long[nodes.Count];
        (string Filter, int Node)[] filters =
            [.. nodes.SelectMany((n, i) => n.Filters.Select(f => (f, i)))];
        foreach (FleetNode node in nodes)
        {
            foreach (FleetPublication what in node.Publications)
            {
                int[] subscribers =
                [
                    .. filters.Where(f => TopicRules.Matches(f.Filter, what.Topic))
                        .Select(f => f.Node).Distinct(),
                ];
                Streams.Add(new Stream(node, what, subscribers.Length));
                int bytes = FleetNode.Bytes(what.Topic) + 2 + what.Bytes;
                foreach (int subscriber in subscribers)
                {
                    _perS[subscriber] += what.Rate;
                    _bytesPerS[subscriber] += what.Rate * bytes;
                    AtOnce[subscriber]++;
                    BytesAtOnce[subscriber] += bytes;
                }
            }
        }

        PingsPerS = nodes.Where(n => n.Group.KeepAliveS > 0).Sum(n => Math.Max(
            0, (1.0 / n.Group.KeepAliveS) - n.Publications.Sum(p => p.Rate)));
        Topics = [.. Streams.Where(s => s.What.Rate > 0).Select(s => s.What.Topic).Distinct()];
    }

    /// <summary>What is published, with the number of those who get it.</summary>
    public List<Stream> Streams { get; } = [];

    /// <summary>Topic Names under which something is published again and again.</summary>
    public IReadOnlyList<string> Topics { get; }

    /// <summary>Messages that each client gets when everybody publishes at once.</summary>
    public int[] AtOnce { get; }

    /// <summary>Their bytes in a queue.</summary>
    public long[] BytesAtOnce { get; }

    /// <summary>PINGREQs in a second.</summary>
    public double PingsPerS { get; }

    /// <summary>Messages that come to the broker in a second.</summary>
    public double InPerS => Streams.Sum(s => s.What.Rate);

    /// <summary>Messages that it sends in a second.</summary>
    public double OutPerS => _perS.Sum();

    /// <summary>The most messages that wait for a client which takes nothing for a while.</summary>
    public double Waiting(double seconds) =>
        _perS.Zip(AtOnce, (perS, atOnce) => Math.Max(perS * seconds, atOnce)).Append(0).Max();

    /// <summary>Their bytes.</summary>
    public double WaitingBytes(double seconds) => _bytesPerS
        .Zip(BytesAtOnce, (perS, atOnce) => Math.Max(perS * seconds, atOnce)).Append(0).Max();

    /// <summary>One topic of one client.</summary>
    /// <param name="Node">Who publishes.</param>
    /// <param name="What">What it publishes.</param>
    /// <param name="Subscribers">How many get it.</param>
    internal sealed record Stream(FleetNode Node, FleetPublication What, int Subscribers);
}
