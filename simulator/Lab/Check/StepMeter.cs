using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Weaving;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Reads how many steps each verb took, see Coverage. It has to be told first: others that are
/// told may have a broker of their own.
/// </summary>
internal sealed class StepMeter : VerbTap
{
    /// <summary>Steps of the last verb.</summary>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public override void Opened(int slot, int address, long nowMs) => Read();

    /// <inheritdoc/>
    public override void Received(int slot, byte[] buffer, int offset, int count, long nowMs) =>
        Read();

    /// <inheritdoc/>
    public override void Transmitted(
        int slot, byte[] buffer, int offset, int capacity, int count, long nowMs) => Read();

    /// <inheritdoc/>
    public override void Blocked(int slot, long nowMs) => Read();

    /// <inheritdoc/>
    public override void Ticked(long nowMs) => Read();

    /// <inheritdoc/>
    public override void Closed(int slot, long nowMs) => Read();

    /// <inheritdoc/>
    public override void ShutDown(long nowMs) => Read();

    private void Read() =>
        Steps = Coverage.Edges > 0 ? Coverage.Steps - Coverage.VerbStart : 0;
}
