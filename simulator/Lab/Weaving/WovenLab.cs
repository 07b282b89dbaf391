using System;
using System.Collections.Generic;

namespace EdgeBroker.Simulator.Lab.Weaving;

/// <summary>
/// A second copy of the simulator around a woven core. Each has a Coverage of its own.
/// </summary>
public sealed class WovenLab : WovenCopy
{
    private const string Core = "EdgeBroker.Shared";

    private static readonly Lazy<(byte[] Core, int Edges)> _usual =
        new(() => Weave(PathOf(Core)));

    /// <param name="core">A core that stands for the usual one, or null.</param>
    public WovenLab(string? core = null)
        : this(core == null ? _usual.Value : Weave(core))
    {
    }

    private WovenLab((byte[] Core, int Edges) woven)
        : base(new Dictionary<string, byte[]> { [Core] = woven.Core }) =>
        Inside(typeof(Coverage)).GetField(nameof(Coverage.Edges))!.SetValue(null, woven.Edges);

    private static (byte[] Core, int Edges) Weave(string path)
    {
        var weaver = new CoreWeaver();
        byte[] core = weaver.Weave(path).ToArray();
        return (core, weaver.Edges);
    }
}
