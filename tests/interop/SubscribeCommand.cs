namespace EdgeBroker.Tests.Interop;

/// <summary>A SUBSCRIBE as the drivers take it, with the Subscription Options of 5.0.</summary>
internal sealed record SubscribeCommand
{
    public string Do => "subscribe";

    public string Filter { get; init; }

    public int Qos { get; init; }

    public bool NoLocal { get; init; }

    public bool RetainAsPublished { get; init; }

    public int RetainHandling { get; init; }
}
