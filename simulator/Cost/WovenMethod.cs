namespace EdgeBroker.Simulator.Cost;

/// <summary>A method that counts.</summary>
/// <param name="Name">Its type and name.</param>
/// <param name="FrameBytes">Its stack frame on the device, in bytes.</param>
public sealed record WovenMethod(string Name, int FrameBytes);
