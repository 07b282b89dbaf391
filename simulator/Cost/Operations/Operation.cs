namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// One thing that a broker does again and again. Those of the core alone use nothing that a device
/// has not: the same files were measured on its runtime.
/// </summary>
public abstract class Operation
{
    /// <summary>What has to happen before each Run and is not counted.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Does it once, and leaves everything as it was.</summary>
    public abstract void Run();
}
