namespace EdgeBroker.Tests.Interop.Cuts;

/// <summary>When and how a connection ends.</summary>
/// <param name="Bytes">After so many bytes, both ways together; 0 for any number.</param>
/// <param name="Ms">After so many milliseconds; 0 for any time.</param>
/// <param name="ResetsClient">The client sees RST, not FIN.</param>
/// <param name="ResetsBroker">The broker sees RST, not FIN.</param>
internal sealed record CutPlan(int Bytes, int Ms, bool ResetsClient, bool ResetsBroker);
