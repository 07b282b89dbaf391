namespace EdgeBroker.Simulator.View;

/// <summary>The pages of the view, in the order of their keys 1 to 5.</summary>
public enum ViewPage
{
    /// <summary>A little of everything.</summary>
    Overview,

    /// <summary>The clients.</summary>
    Clients,

    /// <summary>The topics.</summary>
    Topics,

    /// <summary>The limits: how near, and how often they were hit.</summary>
    Limits,

    /// <summary>The log.</summary>
    Log,
}
