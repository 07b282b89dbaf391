using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>Plays cases and says what is wrong with the core, if anything; makes the case that
/// shows it small.</summary>
public sealed class CaseRunner(FuzzTarget target)
{
    private const long MostSteps = 200_000_000;
    private const int MostTries = 4000;

    /// <summary>Plays a case.</summary>
    /// <returns>What is wrong, or null.</returns>
    public Exception? Fault(FuzzCase played)
    {
        Coverage.Reset();
        Coverage.Limit = Coverage.Steps + MostSteps;
        try
        {
            target.Run(played);
            return null;
        }
        catch (Exception e) // Whatever the core throws is a fault.
        {
            return e;
        }
    }

    /// <summary>A case with fewer steps and bytes in which the same is wrong.</summary>
    public FuzzCase Shrink(FuzzCase failing)
    {
        if (Fault(failing) is not { } fault)
        {
            return failing;
        }

        string kind = KindOf(fault);
        int tries = 0;
        for (bool isSmaller = true; isSmaller && tries < MostTries;)
        {
            isSmaller = false;
            foreach (FuzzCase smaller in Smaller(failing))
            {
                if (tries++ < MostTries && Fault(smaller) is { } same && KindOf(same) == kind)
                {
                    failing = smaller;
                    isSmaller = true;
                    break;
                }
            }
        }

        return failing;
    }

    /// <summary>A case with fewer steps that still takes some edges as often.</summary>
    /// <param name="played">A case with nothing wrong.</param>
    /// <param name="features">Of those that Corpus.Features gives for it.</param>
    public FuzzCase Trim(FuzzCase played, IReadOnlySet<int> features)
    {
        for (int count = (played.Steps.Count + 1) / 2; count > 0; count /= 2)
        {
            for (int at = played.Steps.Count - count; at >= 0; at -= count)
            {
                FuzzCase less = Without(played, at, count);
                if (Fault(less) == null && features.IsSubsetOf(Corpus.Features()))
                {
                    played = less;
                }
            }
        }

        return played;
    }

    // The same words, whatever the numbers in them.
    private static string KindOf(Exception fault)
    {
        string words = new([.. fault.Message.TakeWhile(letter => letter is not (';' or ':' or '{'))
            .Where(letter => char.IsAsciiLetterLower(letter) || letter == ' ').Take(30)]);
        return fault.GetType().Name + words;
    }

    private static IEnumerable<FuzzCase> Smaller(FuzzCase old)
    {
        IReadOnlyList<FuzzStep> steps = old.Steps;
        for (int count = (steps.Count + 1) / 2; count > 0; count /= 2)
        {
            for (int at = 0; at + count <= steps.Count; at += count)
            {
                yield return Without(old, at, count);
            }
        }

        for (int i = 0; i < steps.Count; i++)
        {
            FuzzStep step = steps[i];
            byte[] bytes = step.Bytes;
            for (int count = (bytes.Length + 1) / 2; count > 0; count /= 2)
            {
                for (int at = bytes.Length - count; at >= 0; at -= count)
                {
                    byte[] less = [.. bytes[..at], .. bytes[(at + count)..]];
                    byte[] whole = PacketBender.WithLength(less);
                    yield return With(old, i, step with { Bytes = less });
                    if (whole.Length < bytes.Length)
                    {
                        yield return With(old, i, step with { Bytes = whole });
                    }
                }
            }

            if (step.Who != 0)
            {
                yield return With(old, i, step with { Who = 0 });
            }
        }
    }

    private static FuzzCase Without(FuzzCase old, int at, int count) => old with
    {
        Steps = [.. old.Steps.Take(at), .. old.Steps.Skip(at + count)],
    };

    private static FuzzCase With(FuzzCase old, int index, FuzzStep step) => old with
    {
        Steps = [.. old.Steps.Select((other, i) => i == index ? step : other)],
    };
}
