namespace EdgeBroker.Tests.Desktop.Structure.Samples.Simulator;

/// <summary>What the other host may not see.</summary>
internal abstract class BadSimulator
{
}
