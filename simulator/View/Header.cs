using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>The first line: name, pages, address, and how long the broker has run.</summary>
public static class Header
{
    private const int PagesFrom = 76;
    private const int NameFrom = 96;

    /// <summary>Draws it.</summary>
    public static SegmentLine Draw(string title, Frame frame, int width)
    {
        var up = TimeSpan.FromSeconds(frame.UpMs / 1000);
        string end = "up " + up.ToString("c", CultureInfo.InvariantCulture);
        string page = frame.State.Page.ToString().ToLowerInvariant();
        var left = new List<Segment>();
        if (width >= PagesFrom)
        {
            left.Add(new Segment(width >= NameFrom ? "EdgeBroker " : "", Styles.Title));
            foreach (ViewPage each in Enum.GetValues<ViewPage>())
            {
                string name = $" {(int)each + 1} {each.ToString().ToLowerInvariant()} ";
                left.Add(new Segment(name,
                    each == frame.State.Page ? Styles.Chosen : Styles.Quiet));
            }
        }
        else
        {
            left.Add(new Segment($" {page} ", Styles.Chosen));
        }

        left.Add(new Segment(" "));
        if (frame.State.IsPaused)
        {
            end = "paused";
        }

        int room = width - left.Sum(segment => segment.CellCount()) - end.Length - 1;
        left.Add(new Segment(room > 0 ? Cells.Fit(title, room) + " " : ""));
        left.Add(new Segment(end, frame.State.IsPaused ? Styles.Warning : Styles.Quiet));
        return Cells.Fit(new SegmentLine(left), width);
    }
}
