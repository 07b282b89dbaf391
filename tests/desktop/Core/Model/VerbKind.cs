namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>The broker's verbs.</summary>
internal enum VerbKind
{
    Open,
    Receive,
    Transmit,
    Block,
    Tick,
    Close,
    Shutdown,
}
