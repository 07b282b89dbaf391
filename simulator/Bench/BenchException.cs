using System;

namespace EdgeBroker.Simulator.Bench;

/// <summary>A measurement that cannot be made, and why.</summary>
internal sealed class BenchException(string message) : Exception(message);
