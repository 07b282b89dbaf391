using System.Collections.Generic;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>A line that is drawn already.</summary>
/// <param name="line">Its pieces.</param>
public sealed class SegmentsRow(SegmentLine line) : Renderable
{
    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        return line;
    }
}
