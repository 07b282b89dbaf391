using System;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>Something that always has to hold did not.</summary>
/// <param name="checker">Who saw it.</param>
/// <param name="what">What was wrong, in a sentence.</param>
public sealed class CheckFailedException(string checker, string what)
    : Exception($"{checker}: {what}")
{
    /// <summary>Who saw it.</summary>
    public string Checker => checker;

    /// <summary>What was wrong.</summary>
    public string What => what;
}
