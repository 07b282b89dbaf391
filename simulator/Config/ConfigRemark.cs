namespace EdgeBroker.Simulator.Config;

/// <summary>Something to say about a line of a configuration file.</summary>
/// <param name="At">The line.</param>
/// <param name="Sentence">What is wrong with it, or what it does not do here.</param>
public sealed record ConfigRemark(ConfigLine At, string Sentence)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        return $"{At}: {Sentence}";
    }
}
