using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Boards;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>Whether a fleet fits a board, and how far away each limit is.</summary>
public sealed class BoardFit
{
    /// <summary>Clients more than a fleet has that are tried.</summary>
    public const int MostMore = 100;

    private readonly Dictionary<(FleetGroup, int), IReadOnlyList<Resource>> _known = [];
    private readonly Fleet _fleet;

    /// <summary>Reckons.</summary>
    public BoardFit(Fleet fleet, BoardProfile board)
    {
        _fleet = fleet;
        Board = board;
        Resources = Reckon(fleet, board);
    }

    /// <summary>The board.</summary>
    public BoardProfile Board { get; }

    /// <summary>All that the fleet takes a part of.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>Whether everything is enough.</summary>
    public bool Fits => Resources.All(r => r.Fits);

    /// <summary>Whether something is too little, whatever is not known.</summary>
    public bool IsTooLittle => Resources.Any(r => r.IsTooLittle);

    /// <summary>The verdict in words.</summary>
    public string Verdict => Fits ? "fits" : IsTooLittle ? "does not fit" : "may not fit";

    /// <summary>The resource that ends first.</summary>
    public Resource Limiting => Resources.Where(r => !r.IsFixed || !r.Fits)
        .MaxBy(r => (r.IsTooLittle, !r.Fits, r.Part))!;

    /// <summary>What a fleet takes of a board, in the order in which it is shown.</summary>
    public static IReadOnlyList<Resource> Reckon(Fleet fleet, BoardProfile board)
    {
        IReadOnlyList<FleetNode> nodes = fleet.Nodes();
        Resource[] load = [.. new LoadDemand(nodes, board).Resources()];
        const int Places = 2;
        return [.. load.Take(Places), .. new TableDemand(nodes, board.Limits).Resources(),
            .. load.Skip(Places)];
    }

    /// <summary>
    /// How many clients more of a group a resource has room for; negative for those that are too
    /// many, null when not even one of them has room, MostMore when more were not tried.
    /// </summary>
    public int? More(FleetGroup group, int resource) =>
        More(group, resources => resources[resource].Fits);

    /// <summary>How many clients more of a group would fit in all, like the other.</summary>
    public int? More(FleetGroup group) => More(group, resources => resources.All(r => r.Fits));

    private int? More(FleetGroup group, Func<IReadOnlyList<Resource>, bool> fits)
    {
        int others = _fleet.Groups.Sum(g => g.Count) - group.Count;
        int least = others > 0 ? 0 : 1;
        int most = group.Count + MostMore;
        if (!fits(At(least)))
        {
            return null;
        }

        // It fits with the lower one and does not with the upper one, or that was not tried.
        int below = least;
        int above = most + 1;
        while (above - below > 1)
        {
            int middle = (below + above) / 2;
            (below, above) = fits(At(middle)) ? (middle, above) : (below, middle);
        }

        return below - group.Count;

        IReadOnlyList<Resource> At(int count) =>
            _known.TryGetValue((group, count), out IReadOnlyList<Resource>? known)
                ? known
                : _known[(group, count)] = Reckon(_fleet.With(group, count), Board);
    }
}
