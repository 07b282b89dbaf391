using System;
using System.Globalization;
using System.Xml.Linq;

namespace EdgeBroker.Simulator;

/// <summary>An SVG picture of boxes and text that is being drawn.</summary>
/// <param name="font">Of all text.</param>
/// <param name="fontSize">In pixels.</param>
internal sealed class Svg(string font = "system-ui, sans-serif", int fontSize = 13)
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    private readonly XElement _root = new(_svg + "svg",
        new XAttribute("font-family", font), new XAttribute("font-size", fontSize));

    /// <summary>Draws a filled box over what is there.</summary>
    public void Box(double x, double y, double width, double height, string colour,
        double opacity = 1) => _root.Add(new XElement(_svg + "rect", Number("x", x),
            Number("y", y), Number("width", width), Number("height", height),
            new XAttribute("fill", colour), opacity < 1 ? Number("opacity", opacity) : null));

    /// <summary>Writes a line of text.</summary>
    /// <param name="x">Where it begins.</param>
    /// <param name="y">Its baseline.</param>
    /// <param name="text">What is written.</param>
    /// <param name="colour">Of the letters.</param>
    /// <param name="isBold">Whether it stands out.</param>
    /// <param name="width">What the letters are stretched to; null leaves it to the font.</param>
    public void Text(double x, double y, string text, string colour, bool isBold = false,
        double? width = null) => _root.Add(new XElement(_svg + "text", Number("x", x),
            Number("y", y), width is { } length ? Number("textLength", length) : null,
            new XAttribute("fill", colour),
            width != null ? new XAttribute(XNamespace.Xml + "space", "preserve") : null,
            isBold ? new XAttribute("font-weight", "bold") : null, text));

    /// <summary>Puts it on a background of its size.</summary>
    public XDocument Finish(
        string title, double width, double height, string colour, double cornerRadius = 0)
    {
        _root.Add(new XAttribute("viewBox",
            string.Create(CultureInfo.InvariantCulture, $"0 0 {width:0.##} {height:0.##}")));
        _root.AddFirst(new XElement(_svg + "title", title),
            new XElement(_svg + "rect", Number("width", width), Number("height", height),
                Number("rx", cornerRadius), new XAttribute("fill", colour)));
        return new XDocument(_root);
    }

    private static XAttribute Number(string name, double value) => new(name, Math.Round(value, 2));
}
