using System;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>Something of a board that a fleet takes a part of.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Used">What the fleet takes at most.</param>
/// <param name="Limit">What there is.</param>
/// <param name="Unit">What is counted; empty where the name says it.</param>
/// <param name="Beyond">What happens beyond the limit.</param>
public sealed record Resource(
    string Name, double Used, double Limit, string Unit, string Beyond)
{
    /// <summary>What the fleet takes at least; differs from Used where nobody has measured.
    /// </summary>
    public double Least { get; init; } = Used;

    /// <summary>Whether it goes wrong for certain beyond the limit; else it may.</summary>
    public bool IsHard { get; init; } = true;

    /// <summary>Whether it is the same for every fleet.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Whether it is enough even if all that is not known is as bad as can be.</summary>
    public bool Fits => Used <= Limit;

    /// <summary>Whether it is too little however good all that is not known is.</summary>
    public bool IsTooLittle => IsHard && Least > Limit;

    /// <summary>The part that is taken, 1 for all of it.</summary>
    public double Part => PartOf(Used);

    /// <summary>The part that is taken at least.</summary>
    public double LeastPart => PartOf(Least);

    /// <summary>The part in percent, rounded away from a limit that is not met.</summary>
    public double Percent => Fits ? Math.Floor(100 * Part) : Math.Ceiling(100 * Part);

    private double PartOf(double taken) =>
        Limit > 0 ? taken / Limit : taken > 0 ? double.PositiveInfinity : 0;
}
