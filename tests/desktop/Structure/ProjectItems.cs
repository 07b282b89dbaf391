using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>A .projitems names every source file of its folder once, without patterns.</summary>
internal static class ProjectItems
{
    private const string Here = "$(MSBuildThisFileDirectory)";

    /// <summary>Compares the list in a .projitems with the C# files below its folder.</summary>
    /// <param name="xml">The text of the .projitems file.</param>
    /// <param name="files">The files, relative to the folder of the .projitems.</param>
    public static IEnumerable<string> Check(string xml, IEnumerable<string> files)
    {
        string[] onDisk = [.. files];
        XElement[] compiled =
            [.. XDocument.Parse(xml).Descendants().Where(e => e.Name.LocalName == "Compile")];
        string[] items =
            [.. compiled.Select(e => (string)e.Attribute("Include") ?? "").Select(Plain)];
        return compiled.Where(e => e.Attribute("Include") == null || e.HasAttributeBut("Include"))
            .Select(e => $"{e} is not a plain Include")
            .Concat(items.Where(item => item.IndexOfAny(['*', '?', ';']) >= 0)
                .Select(item => $"{item} is a pattern or a list"))
            .Concat(items.GroupBy(item => item).Where(group => group.Count() > 1)
                .Select(group => $"{group.Key} is listed {group.Count()} times"))
            .Concat(onDisk.Except(items).Select(file => $"{file} is not listed"))
            .Concat(items.Except(onDisk).Select(item => $"{item} is listed and does not exist"));
    }

    private static bool HasAttributeBut(this XElement element, string name) =>
        element.Attributes().Any(attribute => attribute.Name.LocalName != name);

    private static string Plain(string include)
    {
        return include.StartsWith(Here, StringComparison.Ordinal)
            ? include[Here.Length..].Replace('\\', '/')
            : $"(without {Here}) {include}";
    }
}
