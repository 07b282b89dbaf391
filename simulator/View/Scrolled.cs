using System;

namespace EdgeBroker.Simulator.View;

/// <summary>Which part of a list is shown, and how a heading says so.</summary>
public static class Scrolled
{
    /// <summary>The first row to show; brings the scroll position back into the list.</summary>
    public static int From(Frame frame, int rows, int room, bool canScroll)
    {
        if (!canScroll)
        {
            return 0;
        }

        frame.State.LimitScroll(rows - Math.Max(1, room));
        return frame.State.Scroll;
    }

    /// <summary>For example "3" or "11 to 20 of 300 (of 1,000)".</summary>
    public static string Remark(int rows, int all, int from, int room)
    {
        string part = rows > room && room > 0
            ? $"{from + 1} to {Math.Min(rows, from + room)} of {Units.Count(rows)}"
            : Units.Count(rows);
        return rows < all ? $"{part} (filtered from {Units.Count(all)})" : part;
    }
}
