using System.Collections.Generic;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>Tells several of every verb: a broker has one tap.</summary>
/// <param name="taps">Told in this order; some may come and go between two verbs.</param>
public sealed class TapList(List<VerbTap> taps) : VerbTap
{
    /// <inheritdoc/>
    public override void Opened(int slot, int address, long nowMs) =>
        taps.ForEach(tap => tap.Opened(slot, address, nowMs));

    /// <inheritdoc/>
    public override void Received(int slot, byte[] buffer, int offset, int count, long nowMs) =>
        taps.ForEach(tap => tap.Received(slot, buffer, offset, count, nowMs));

    /// <inheritdoc/>
    public override void Transmitted(
        int slot, byte[] buffer, int offset, int capacity, int count, long nowMs) =>
        taps.ForEach(tap => tap.Transmitted(slot, buffer, offset, capacity, count, nowMs));

    /// <inheritdoc/>
    public override void Blocked(int slot, long nowMs) =>
        taps.ForEach(tap => tap.Blocked(slot, nowMs));

    /// <inheritdoc/>
    public override void Ticked(long nowMs) => taps.ForEach(tap => tap.Ticked(nowMs));

    /// <inheritdoc/>
    public override void Closed(int slot, long nowMs) =>
        taps.ForEach(tap => tap.Closed(slot, nowMs));

    /// <inheritdoc/>
    public override void ShutDown(long nowMs) => taps.ForEach(tap => tap.ShutDown(nowMs));
}
