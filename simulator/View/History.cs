using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Simulator.View;

/// <summary>How fast the broker's counters grew, for each second of the last minute.</summary>
public sealed class History
{
    /// <summary>Seconds that are kept.</summary>
    public const int Seconds = 60;

    private const int PerSecondMs = 1000;
    private const int RateMs = 2000;

    private readonly LinkedList<Figures> _past;
    private readonly Queue<Figures> _recent;

    /// <summary>Begins without figures.</summary>
    public History()
        : this([], [])
    {
    }

    private History(IEnumerable<Figures> past, IEnumerable<Figures> recent)
    {
        _past = new LinkedList<Figures>(past);
        _recent = new Queue<Figures>(recent);
    }

    /// <summary>The newest figures, once there are some.</summary>
    public Figures Now => _recent.Last();

    /// <summary>Takes figures; about as often as the view is drawn.</summary>
    public void Add(Figures figures)
    {
        _recent.Enqueue(figures);
        while (_recent.Count > 2 && figures.AtMs - _recent.Peek().AtMs > RateMs)
        {
            _recent.Dequeue();
        }

        if (_past.Last is not { } last || figures.AtMs - last.Value.AtMs >= PerSecondMs)
        {
            _past.AddLast(figures);
            if (_past.Count > Seconds + 1)
            {
                _past.RemoveFirst();
            }
        }
    }

    /// <summary>How fast a counter grows now, per second, see Counter.</summary>
    public double Rate(int counter)
    {
        return Meter.Rate(Now, _recent.Peek(), counter);
    }

    /// <summary>How fast it grew in each of the last seconds, the newest last.</summary>
    public double[] Rates(int counter)
    {
        return [.. _past.Zip(_past.Skip(1), (before, now) => Meter.Rate(now, before, counter))];
    }

    /// <summary>The same minute, which does not go on.</summary>
    public History Copy()
    {
        return new History(_past, _recent);
    }
}
