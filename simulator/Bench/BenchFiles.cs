using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Bench;

/// <summary>What was measured, as files: JSON for programs, a page and a picture for people.
/// </summary>
/// <param name="machine">On what.</param>
/// <param name="command">The command line that repeats it.</param>
/// <param name="results">Each result of each round.</param>
/// <param name="failures">What could not be measured.</param>
internal sealed class BenchFiles(Machine machine, string command,
    IReadOnlyList<BenchResult> results, IReadOnlyList<string> failures)
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    private readonly IReadOnlyList<Row> _rows = Row.Of(results);

    /// <summary>The file beside a page that has its picture.</summary>
    public static string PictureOf(string page) => Path.ChangeExtension(page, ".svg");

    /// <summary>Writes a file, in one of the ways below.</summary>
    /// <exception cref="BenchException">It cannot be written.</exception>
    public static void Write(string path, Action<string> write)
    {
        try
        {
            write(path);
        }
        catch (Exception e) when (ConfigFile.IsOfFiles(e))
        {
            throw new BenchException($"{SafeText.Quote(path)} cannot be written: {e.Message}");
        }
    }

    /// <summary>Writes JSON.</summary>
    public void WriteJson(string path) => File.WriteAllText(path, JsonSerializer.Serialize(
        new BenchLog(machine, command, results, failures), _options) + "\n");

    /// <summary>Writes a picture.</summary>
    public void WriteSvg(string path) =>
        File.WriteAllText(path, BenchPicture.Draw(_rows) + "\n");

    /// <summary>Writes a page, and a picture beside it.</summary>
    public void WriteMarkdown(string path)
    {
        string picture = PictureOf(path);
        WriteSvg(picture);
        var page = new StringBuilder();
        page.Append("# Benchmarks\n\nWritten by `bench`. Figures differ from machine to machine "
            + "by a factor: compare only those of one run.\n\n");
        page.Append($"{machine}\n\n```\n{command}\n```\n\n");
        page.Append($"![Bars for each scenario]({Path.GetFileName(picture)})\n\n");
        AddFigures(page);
        AddDetails(page);
        foreach (string failure in failures)
        {
            page.Append($"- not measured: {failure}\n");
        }

        File.WriteAllText(path, page.ToString().TrimEnd() + "\n");
    }

    private void AddFigures(StringBuilder page)
    {
        string[] brokers = [.. _rows.Select(row => row.First.Broker).Distinct()];
        page.Append("Medians, and the least and the most of all rounds.\n\n");
        page.Append($"| | {string.Join(" | ", brokers)} |\n|---|");
        page.Append(string.Concat(brokers.Select(_ => "---|")) + "\n");
        foreach (var group in _rows.GroupBy(row => (Figure.Title(row.First), row.First.Unit)))
        {
            page.Append($"| {group.Key.Item1}: {group.Key.Unit} |");
            foreach (string broker in brokers)
            {
                Row? row = group.FirstOrDefault(r => r.First.Broker == broker);
                page.Append(row == null ? " |" : $" {Figure.Of(row.Value)} "
                    + $"({Figure.Of(row.Least)} to {Figure.Of(row.Most)}) |");
            }

            page.Append('\n');
        }
    }

    private void AddDetails(StringBuilder page)
    {
        page.Append("\nTimes are medians of the rounds; CPU is the broker's for each delivery or "
            + "connection; lost and disorder are those of all rounds.\n\n"
            + "| | broker | p50 us | p99 us | CPU us | lost | disorder |\n"
            + "|---|---|---|---|---|---|---|\n");
        foreach (Row row in _rows)
        {
            page.Append($"| {Figure.Title(row.First)} | {row.First.Broker} "
                + $"| {Figure.Of(row.LatencyUs("p50"))} | {Figure.Of(row.LatencyUs("p99"))} "
                + $"| {Figure.Fine(row.CpuUs)} | {row.Lost} | {row.Disorder} |\n");
        }

        page.Append('\n');
    }
}
