using System;

namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>A packet on its way to the broker.</summary>
/// <param name="End">Where it ends in all that its client sends.</param>
/// <param name="Handle">What the model does when the broker has handled it.</param>
internal sealed record SimPacket(long End, Action Handle);
