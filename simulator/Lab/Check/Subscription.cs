namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>A subscription of a session.</summary>
public sealed class Subscription(int options)
{
    /// <summary>Subscription Options.</summary>
    public int Options { get; set; } = options;

    /// <summary>Whether SUBACK has not told yet if it was granted.</summary>
    public bool IsUnsure { get; set; }

    /// <summary>The verb in which it was asked for last.</summary>
    public long Verb { get; set; }

    /// <summary>SUBSCRIBEs for it that SUBACK has not answered.</summary>
    public int Asked { get; set; }
}
