namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>One call of a verb, and what it gave back.</summary>
/// <param name="Kind">Which verb.</param>
/// <param name="Slot">Its slot; of Open the address.</param>
/// <param name="NowMs">Its time.</param>
/// <param name="Bytes">Of Receive the bytes that came in, of Transmit those that went out.</param>
/// <param name="Number">Of Transmit the capacity, of Open the slot that it gave.</param>
internal sealed record Verb(VerbKind Kind, int Slot, long NowMs, byte[] Bytes, int Number);
