using Spectre.Console;

namespace EdgeBroker.Simulator.View;

/// <summary>The colours of the view, by what they mean. All are of the terminal's own 16.</summary>
public static class Styles
{
    public static readonly Style Plain = Style.Plain;
    public static readonly Style Title = new(decoration: Decoration.Bold);
    public static readonly Style Quiet = new(Color.Grey);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Data = new(Color.Aqua);
    public static readonly Style Warning = new(Color.Yellow);
    public static readonly Style Error = new(Color.Red);
    public static readonly Style Chosen = new(decoration: Decoration.Invert);
}
