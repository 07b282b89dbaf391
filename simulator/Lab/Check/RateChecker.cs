using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// One address cannot use up what MaxConnectRate allows: it gets three quarters (docs/limits.md),
/// so a second address is never refused for the rate.
/// </summary>
public sealed class RateChecker() : Checker("rate")
{
    /// <summary>A second's worth can be saved up; so long it may take to have a quarter again.
    /// </summary>
    private const long SavedMs = 6000;

    /// <summary>Less has no quarter.</summary>
    private const int LeastRate = 4;

    private readonly Queue<(long AtMs, int Address)> _connects = new();

    /// <inheritdoc/>
    public override void Started() => _connects.Clear();

    /// <inheritdoc/>
    public override void Told(Session session, Told told)
    {
        if (told.What is not (BrokerEvent.Connected or BrokerEvent.ConnectRefused))
        {
            return;
        }

        while (_connects.TryPeek(out (long AtMs, int Address) first)
            && first.AtMs < Facts.NowMs - SavedMs)
        {
            _connects.Dequeue();
        }

        if (told.Code == ReasonCode.ConnectionRateExceeded
            && Facts.Limits.MaxConnectRate >= LeastRate)
        {
            int[] addresses = [.. _connects.Select(c => c.Address).Distinct()];
            Require(addresses.Length != 1 || addresses[0] == session.Address,
                $"{session} was refused for the rate of another address");
        }

        _connects.Enqueue((Facts.NowMs, session.Address));
    }
}
