namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>A message that a client is to get, in its place.</summary>
/// <param name="Message">The message.</param>
/// <param name="IsRetained">Whether its RETAIN is to be set.</param>
/// <param name="Verb">The verb that routed it.</param>
/// <param name="IsOptional">Whether it may be left out: nobody knows yet if the subscription was
/// granted.</param>
internal sealed record Expectation(Message Message, bool IsRetained, long Verb, bool IsOptional);
