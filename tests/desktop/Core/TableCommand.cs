namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>One step of a table's life.</summary>
/// <param name="Kind">What to do; most kinds add.</param>
/// <param name="Subscriber">Who does it.</param>
/// <param name="Filter">A Topic Filter.</param>
/// <param name="Name">A Topic Name.</param>
/// <param name="Options">Subscription Options.</param>
internal sealed record TableCommand(
    int Kind, int Subscriber, string Filter, string Name, byte Options);
