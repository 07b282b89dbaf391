namespace EdgeBroker.Tests.Interop;

/// <summary>How a listening client connects and what it subscribes to.</summary>
internal sealed record ListenOptions
{
    /// <summary>Empty: the broker shall assign one.</summary>
    public string ClientId { get; init; } = "";

    public Message Will { get; init; }

    public string[] Filters { get; init; }

    /// <summary>A filter to unsubscribe from once all are subscribed to, or null.</summary>
    public string Unsubscribe { get; init; }

    public int Qos { get; init; }

    public bool RetainAsPublished { get; init; }
}
