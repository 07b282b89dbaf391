using System.Net;

namespace EdgeBroker.Simulator.Bench;

/// <summary>A broker that is measured.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="ProcessId">Its process on this computer; null when it is not known, or when it is
/// this one.</param>
internal sealed record Target(string Name, IPEndPoint Address, int? ProcessId);
