using System;
using System.Collections.Concurrent;
using System.Linq;
using EdgeBroker.Simulator.Cost;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>
/// What a board's interpreter does for a fleet, from the counts of `cost`: nanoseconds on the PC on
/// which the interpreter was measured.
/// </summary>
/// <param name="Turn">A turn of the loop at rest.</param>
/// <param name="Unheard">A PUBLISH to nobody, with its turn.</param>
/// <param name="Publish">A PUBLISH to one subscriber, with its turn.</param>
/// <param name="Subscriber">Each further subscriber.</param>
/// <param name="NewName">More for a Topic Name whose subscribers are not remembered.</param>
/// <param name="Ping">A PINGREQ with its turn.</param>
/// <param name="Tick">A round over the deadlines.</param>
internal sealed record CpuCosts(double Turn, double Unheard, double Publish, double Subscriber,
    double NewName, double Ping, double Tick)
{
    private const int MostSubscribers = 15;

    private static readonly ConcurrentDictionary<byte, CpuCosts> _known = [];

    /// <summary>Those of a protocol version.</summary>
    public static CpuCosts Of(byte version) => _known.GetOrAdd(version, Count);

    private static CpuCosts Count(byte version)
    {
        var lab = new CostLab();
        double Ns(string name)
        {
            OperationCost cost = lab.Count(name, version);
            return cost.Work.Nanoseconds / cost.Operation.Parts;
        }

        double turn = Ns("loop-idle");
        double publish = Ns("loop-publish");
        double toOne = Ns("route-1");
        double toAll = Ns("route-15");

        // Of what the firmware adds to the core nobody knows which part is the Send, so each
        // further subscriber is said to need all of it.
        double host = Math.Max(0, publish - turn - toOne);
        return new CpuCosts(turn, publish - toOne + Ns("route-0"), publish,
            ((toAll - toOne) / (MostSubscribers - 1)) + host, Ns("route-new") - toOne,
            Ns("ping") + publish - toOne, Ns("tick"));
    }
}
