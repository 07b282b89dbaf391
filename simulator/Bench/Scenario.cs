namespace EdgeBroker.Simulator.Bench;

/// <summary>A way to use a broker that can be measured.</summary>
/// <param name="name">What it is called on the command line.</param>
/// <param name="about">What happens, in a few words.</param>
internal abstract class Scenario(string name, string about)
{
    /// <summary>What it is called on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>What happens, in a few words.</summary>
    public string About { get; } = about;

    /// <summary>Whether the size of payloads matters.</summary>
    public virtual bool HasPayload => true;

    /// <summary>Whether the QoS matters.</summary>
    public virtual bool HasQos => false;

    /// <summary>Whether later rounds measure it again.</summary>
    public virtual bool IsRepeated => true;

    /// <summary>Measures a broker once.</summary>
    /// <exception cref="BenchException">That is not possible.</exception>
    public abstract BenchResult Run(Target target, Load load);
}
