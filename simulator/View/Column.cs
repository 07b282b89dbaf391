using System;
using Spectre.Console;

namespace EdgeBroker.Simulator.View;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Width">Columns of the terminal; 0 for a share of what is left.</param>
/// <param name="From">Width of the table from which on it is shown.</param>
/// <param name="IsRight">Whether it is aligned to the right, as numbers are.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Style">Its colour, or null.</param>
public sealed record Column<T>(string Title, int Width, int From, bool IsRight,
    Func<T, string> Text, Func<T, Style>? Style = null);
