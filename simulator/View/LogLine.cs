using System;
using Spectre.Console;

namespace EdgeBroker.Simulator.View;

/// <summary>A line of the log.</summary>
/// <param name="At">When it was logged (UTC).</param>
/// <param name="Text">The line, without the time.</param>
public sealed record LogLine(DateTime At, string Text)
{
    private static readonly string[] _refusals = ["refused ", "closed the connection"];

    private static readonly string[] _warnings =
        ["dropped ", "the queue of ", "everybody who ", "warning"];

    /// <summary>Whether somebody was refused or thrown out.</summary>
    public bool IsRefusal => StartsWithOneOf(_refusals) || Text.Contains("lines left out")
        || Text.StartsWith("and ", StringComparison.Ordinal) && Text.Contains(" more: ");

    /// <summary>Its colour.</summary>
    public Style Style => IsRefusal ? Styles.Error
        : StartsWithOneOf(_warnings) ? Styles.Warning
        : Styles.Plain;

    private bool StartsWithOneOf(string[] beginnings)
    {
        return Array.Exists(beginnings, b => Text.StartsWith(b, StringComparison.Ordinal));
    }
}
