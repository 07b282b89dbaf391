using EdgeBroker.Broker;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>A number and a text.</summary>
internal sealed class TwoFigures : HostFigures
{
    /// <inheritdoc/>
    public override int Count() => 2;

    /// <inheritdoc/>
    public override string NameOf(int index) => index == 0 ? "host/number" : "host/text";

    /// <inheritdoc/>
    public override long ValueOf(int index) => index == 0 ? 42 : 0;

    /// <inheritdoc/>
    public override string TextOf(int index) => index == 0 ? null : "words";
}
