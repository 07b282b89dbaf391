using System;
using System.Collections.Generic;
using System.IO;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>A part of the core that can be fed fuzz cases, with what must always hold.</summary>
public abstract class FuzzTarget
{
    /// <summary>Its name on the command line and in the folder of the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>Steps of the longest case.</summary>
    public abstract int MostSteps { get; }

    /// <summary>All targets, by the order of their layers.</summary>
    public static IReadOnlyList<string> Names { get; } = ["codec", "topics", "broker"];

    /// <summary>The target of a name.</summary>
    public static FuzzTarget Of(string name) => name switch
    {
        "codec" => new CodecTarget(),
        "topics" => new TopicsTarget(),
        _ => new BrokerTarget(),
    };

    /// <summary>Plays a case.</summary>
    /// <exception cref="InvalidDataException">Something does not hold; others are faults of the
    /// core as well.</exception>
    public abstract void Run(FuzzCase played);

    /// <summary>A step that makes sense.</summary>
    public abstract FuzzStep NewStep(Random random);

    /// <summary>A step like another one, changed where the target knows how.</summary>
    public abstract FuzzStep Bend(FuzzStep step, Random random);

    /// <summary>A case of steps that make sense.</summary>
    public virtual FuzzCase NewCase(Random random)
    {
        var steps = new List<FuzzStep>();
        for (int i = random.Next(1, 8); i > 0; i--)
        {
            steps.Add(NewStep(random));
        }

        return new FuzzCase(random.Next(256), steps);
    }

    /// <summary>Says that something does not hold.</summary>
    /// <exception cref="InvalidDataException">Always, unless it holds.</exception>
    protected static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
