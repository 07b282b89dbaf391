namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>What a client is to get next: a message, or a response.</summary>
/// <param name="Message">The message, or null.</param>
/// <param name="IsRetained">Whether its RETAIN is set.</param>
/// <param name="Response">
/// The bytes of a response, of a CONNACK only those that all of them have.
/// </param>
/// <param name="Refusal">What may come in place of the response, or null.</param>
/// <param name="Verb">The verb at which it was queued.</param>
internal sealed record Expectation(
    SimMessage Message, bool IsRetained, byte[] Response, byte[] Refusal, long Verb);
