using System;
using System.IO;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// How many basic blocks a verb may run: so many for each byte that it was given or gave, and so
/// many besides. docs/fuzzing.md says where the numbers come from.
/// </summary>
public sealed class StepBudget
{
    /// <summary>Blocks for each byte in or out.</summary>
    public const int PerByte = 20;

    /// <summary>Blocks besides.</summary>
    public const int Constant = 15_000;

    private long _before;

    /// <summary>The part of the budget that was used most, in a thousandth.</summary>
    public static long Highest { get; private set; }

    /// <summary>A verb begins.</summary>
    public void Begin() => _before = Coverage.Steps;

    /// <summary>A verb has ended.</summary>
    /// <param name="verb">Its name.</param>
    /// <param name="bytes">What it was given and gave.</param>
    /// <exception cref="InvalidDataException">It has used more than it may.</exception>
    public void End(string verb, int bytes)
    {
        long used = Coverage.Steps - _before;
        long most = Constant + ((long)PerByte * bytes);
        Highest = Math.Max(Highest, 1000 * used / most);
        if (used > most)
        {
            throw new InvalidDataException(
                $"{verb} with {bytes} bytes ran {used} basic blocks, more than {most}");
        }
    }
}
