namespace EdgeBroker.Simulator.Cost;

/// <summary>A basic block of a method that counts.</summary>
/// <param name="Method">The method's number.</param>
/// <param name="Work">What one run of it does.</param>
public sealed record WovenBlock(int Method, WorkAmounts Work);
