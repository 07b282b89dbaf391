namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>One step of a fuzz case; what it means is up to the target.</summary>
/// <param name="Kind">What is done, 0 to 255; a target takes it modulo its kinds.</param>
/// <param name="Who">With whom and how, 0 to 255.</param>
/// <param name="Bytes">With what.</param>
public sealed record FuzzStep(int Kind, int Who, byte[] Bytes);
