using EdgeBroker.Tests.Desktop.Structure.Samples.Simulator;

namespace EdgeBroker.Tests.Desktop.Structure.Samples.Firmware;

/// <summary>Sees the other host as its base type.</summary>
internal sealed class BadFirmware : BadSimulator
{
}
