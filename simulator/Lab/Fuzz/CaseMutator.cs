using System;
using System.Collections.Generic;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>Makes new cases of old ones.</summary>
public sealed class CaseMutator(FuzzTarget target, Random random)
{
    private const int MostBytes = 1200;

    /// <summary>A case like another one.</summary>
    /// <param name="one">What is changed; it stays as it is.</param>
    /// <param name="other">What parts may be taken from.</param>
    public FuzzCase Mutate(FuzzCase one, FuzzCase other)
    {
        var steps = new List<FuzzStep>(one.Steps);
        int setup = random.Next(20) == 0 ? random.Next(256) : one.Setup;
        for (int i = 1 << random.Next(4); i > 0; i--)
        {
            Change(steps, other);
        }

        if (steps.Count > target.MostSteps)
        {
            steps.RemoveRange(target.MostSteps, steps.Count - target.MostSteps);
        }

        return new FuzzCase(setup, steps);
    }

    private void Change(List<FuzzStep> steps, FuzzCase other)
    {
        if (steps.Count == 0)
        {
            steps.Add(target.NewStep(random));
            return;
        }

        int at = random.Next(steps.Count);
        switch (random.Next(14))
        {
            case 0:
                steps.Insert(random.Next(steps.Count + 1), target.NewStep(random));
                break;
            case 1:
                steps.RemoveAt(at);
                break;
            case 2:
                steps.Insert(at, steps[random.Next(steps.Count)]);
                break;
            case 3:
                int with = random.Next(steps.Count);
                (steps[at], steps[with]) = (steps[with], steps[at]);
                break;
            case 4:
                Splice(steps, at, other);
                break;
            case 5:
                steps[at] = steps[at] with { Who = random.Next(256) };
                break;
            case 6:
                steps[at] = steps[at] with { Who = steps[at].Who ^ (1 << random.Next(8)) };
                break;
            case 7 when steps[at].Bytes.Length < MostBytes:
                // Two packets come as one.
                byte[] more = steps[random.Next(steps.Count)].Bytes;
                steps[at] = steps[at] with { Bytes = [.. steps[at].Bytes, .. more] };
                break;
            case 8:
                steps[at] = steps[at] with { Kind = target.NewStep(random).Kind };
                break;
            default:
                FuzzStep bent = target.Bend(steps[at], random);
                steps[at] = bent.Bytes.Length <= MostBytes
                    ? bent
                    : bent with { Bytes = bent.Bytes[..MostBytes] };
                break;
        }
    }

    private void Splice(List<FuzzStep> steps, int at, FuzzCase other)
    {
        if (other.Steps.Count == 0)
        {
            return;
        }

        int from = random.Next(other.Steps.Count);
        int count = random.Next(1, other.Steps.Count - from + 1);
        for (int i = 0; i < count; i++)
        {
            steps.Insert(at + i, other.Steps[from + i]);
        }
    }
}
