namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>One thing that is wrong with a packet.</summary>
/// <param name="What">In plain words, with the statement or section of MQTT 5.0.</param>
/// <param name="Codes">Reason Codes that the specification allows as an answer.</param>
public sealed record Violation(string What, params int[] Codes);
