namespace EdgeBroker.Simulator.Config;

/// <summary>A line of a configuration file.</summary>
/// <param name="File">The file, as it is called in messages.</param>
/// <param name="Number">The line in it, from 1.</param>
/// <param name="Order">Counts the lines of all files in the order of reading.</param>
public sealed record ConfigLine(string File, int Number, int Order)
{
    /// <summary>Names this line for somebody who looks at another one.</summary>
    public string SeenFrom(ConfigLine other)
    {
        return File == other.File ? $"line {Number}" : ToString();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return $"{File}:{Number}";
    }
}
