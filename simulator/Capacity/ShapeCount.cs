using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>Counts the shapes of Topic Filters with the core's own class.</summary>
internal sealed class ShapeCount
{
    /// <summary>Most filters without a shape of their own that one bucket of the table takes:
    /// MaxCovered of SubscriptionTable.</summary>
    public const int MostCovered = 12;

    // A table for no shapes has those that are always there.
    private static readonly int _always = new FilterShapes(0).Used.Length;

    private readonly BrokerLimits _limits;
    private readonly FilterShapes _shapes;
    private readonly Dictionary<(int, int), int> _covered = [];

    /// <summary>Counts for a broker with these limits.</summary>
    public ShapeCount(BrokerLimits limits)
    {
        _limits = limits;
        _shapes = new FilterShapes(limits.MaxFilterShapes);
    }

    /// <summary>Shapes that the filters have or would need. Some are always there.</summary>
    public int Shapes => _always + Missing
        + _shapes.Used.Take(_shapes.UsedCount).Count(shape => shape >= _always);

    /// <summary>Shapes that there are.</summary>
    public int MostShapes => _shapes.Used.Length;

    /// <summary>Filters without a shape of their own.</summary>
    private int Missing { get; set; }

    /// <summary>The most of them that come to one bucket.</summary>
    public int LargestCovered { get; private set; }

    /// <summary>The same with as many others as the core leaves room for: they come there by
    /// chance, for hashes begin with a number that each start draws.</summary>
    public int CoveredWithOthers => LargestCovered == 0
        ? 0
        : LargestCovered + Hashing.MaxChain - MostCovered;

    /// <summary>Counts one more filter, which is not there yet.</summary>
    public void Add(string filter)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(filter);
        var levels = new TopicLevels(_limits.MaxTopicLevels, 0);
        if (!levels.Split(bytes, 0, bytes.Length))
        {
            return; // It has too many levels and is refused.
        }

        _shapes.Read(bytes, levels);
        int shape = _shapes.Place();
        if (_shapes.IsOwn(shape))
        {
            _shapes.Add(shape);
            return;
        }

        Missing++;
        (int, int) bucket = (shape, _shapes.KeyOf(shape, levels));
        int covered = _covered[bucket] = _covered.GetValueOrDefault(bucket) + 1;
        LargestCovered = covered > LargestCovered ? covered : LargestCovered;
    }
}
