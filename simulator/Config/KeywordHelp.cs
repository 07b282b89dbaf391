using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeBroker.Simulator.Config;

/// <summary>Prints the keywords of the configuration file.</summary>
public static class KeywordHelp
{
    /// <summary>Writes a list for people to read in a terminal.</summary>
    public static void Write(TextWriter writer)
    {
        writer.WriteLine("A line of the configuration file is a keyword and its value; lines that");
        writer.WriteLine("start with # are comments. What is not stated has its default.");
        writer.WriteLine();
        writer.WriteLine("Keywords of mosquitto.conf; docs/simulator.md lists what is different:");
        WriteList(writer, Keywords.Mosquittos);
        writer.WriteLine();
        writer.WriteLine("Keywords of EdgeBroker:");
        WriteList(writer, Keywords.Own);
    }

    /// <summary>The rows of the tables in docs/simulator.md.</summary>
    public static IEnumerable<string> MarkdownRows(IEnumerable<Keyword> keywords)
    {
        return keywords.Select(k =>
            $"| `{k.Name}` | {k.Range} | {k.Unit} | {k.Default} | {k.Help} |");
    }

    /// <summary>The rows of the comparison with mosquitto.conf in docs/simulator.md.</summary>
    public static IEnumerable<string> ComparisonRows()
    {
        IEnumerable<string> present = Keywords.Mosquittos.Select(k => k.Difference == null
            ? $"| `{k.Name}` | same | |"
            : $"| `{k.Name}` | different | {k.Difference} |");
        return present.Concat(AbsentKeywords.All.Select(absent =>
            $"| {string.Join(", ", absent.Names.Select(name => $"`{name}`"))} "
            + $"| absent, {(absent.IsHarmless ? "said at the start" : "an error")} "
            + $"| {absent.Why} |"));
    }

    private static void WriteList(TextWriter writer, IEnumerable<Keyword> keywords)
    {
        foreach (Keyword keyword in keywords)
        {
            string unit = keyword.Unit.Length > 0 ? " " + keyword.Unit : "";
            string repeats = keyword.IsRepeatable ? ", repeatable" : "";
            writer.WriteLine();
            writer.WriteLine($"  {keyword.Name}  {keyword.Range}{unit} "
                + $"(default {keyword.Default}{repeats})");
            writer.WriteLine($"      {keyword.Help}");
        }
    }
}
