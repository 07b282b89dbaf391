using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace EdgeBroker.Simulator.Conformance;

/// <summary>Makes docs/conformance.md of its template, the statements and the sources.</summary>
public sealed class ConformancePage
{
    /// <summary>Where the page is below the root of the repository.</summary>
    public const string Path = "docs/conformance.md";

    private const string Template = "simulator/Conformance/page.md";
    private const string Suites = "simulator/Conformance/suites.md";
    private const int MostTests = 3;
    private const int MostPlaces = 4;

    private readonly IReadOnlyList<Statement> _statements;
    private readonly Evidence _evidence;
    private readonly Checkout _checkout;

    /// <param name="checkout">Has the statements, the template and the sources.</param>
    /// <exception cref="InvalidDataException">The statements cannot be read.</exception>
    public ConformancePage(Checkout checkout)
    {
        _checkout = checkout;
        _statements = StatementFile.Parse(checkout.Read(StatementFile.Path));
        _evidence = new Evidence(
            _statements, checkout.Sources().Select(path => (path, checkout.Read(path))));
    }

    /// <summary>What the statements and the sources do not agree on.</summary>
    public IEnumerable<string> Disagreements =>
        Conformance.Disagreements.Of(_statements, _evidence);

    /// <summary>Statements that are kept, and that no test shows.</summary>
    public int Untested => _statements.Count(one => IsUntested(one));

    /// <summary>All statements of both versions.</summary>
    public int Count => _statements.Count;

    /// <summary>The page.</summary>
    public string Text() => _checkout.Read(Template)
        .Replace("{suites}", _checkout.Read(Suites).TrimEnd())
        .Replace("{totals}", Totals())
        .Replace("{5.0}", Tables("5.0"))
        .Replace("{3.1.1}", Tables("3.1.1"));

    private bool IsUntested(Statement one) =>
        one.Status is not (StatementStatus.Client or StatementStatus.Other)
        && !_evidence.IsShown(one);

    private string Totals()
    {
        string[] versions = [.. _statements.Select(one => one.Version).Distinct()];
        var text = new StringBuilder();
        text.Append("| | ").AppendJoin(" | ", versions.Select(v => "MQTT " + v)).Append(" |\n");
        text.Append("|---|").Append(string.Concat(versions.Select(_ => "---:|"))).Append('\n');
        Row("numbered statements", _ => true);
        Row("for clients alone", one => one.Status == StatementStatus.Client);
        Row("**for a server**", one => one.Status != StatementStatus.Client);
        foreach (StatementStatus status in Enum.GetValues<StatementStatus>()
            .Where(status => status != StatementStatus.Client))
        {
            Row(NameOf(status), one => one.Status == status);
        }

        Row("kept, and shown by a test", one => !IsUntested(one) && one.Status is not
            (StatementStatus.Client or StatementStatus.Other or StatementStatus.Broken));
        Row("**no test**", IsUntested);
        Row("not named in the code that keeps it", one => one.Status is not
            (StatementStatus.Client or StatementStatus.Other)
            && _evidence.PlacesOf(one).Count == 0);
        return text.ToString().TrimEnd();

        void Row(string what, Func<Statement, bool> isCounted) => text.Append($"| {what} | ")
            .AppendJoin(" | ", versions.Select(version => _statements.Count(
                one => one.Version == version && isCounted(one))))
            .Append(" |\n");
    }

    private string Tables(string version)
    {
        var text = new StringBuilder();
        Statement[] all = [.. _statements.Where(one => one.Version == version)];
        foreach (IGrouping<string, Statement> section in all
            .Where(one => one.Status != StatementStatus.Client).GroupBy(one => one.Section))
        {
            text.Append($"### {section.Key} ({version})\n\n");
            text.Append("| | what is to be so | | kept in | shown by |\n|---|---|---|---|---|\n");
            foreach (Statement one in section)
            {
                string note = one.Note.Length > 0 ? $" *{one.Note}*" : "";
                text.Append($"| {one.Number} | {one.Text}{note} | {NameOf(one.Status)} | ")
                    .Append($"{Places(one)} | {Shown(one)} |\n");
            }

            text.Append('\n');
        }

        text.Append($"### For clients alone ({version})\n\n");
        foreach (Statement one in all.Where(one => one.Status == StatementStatus.Client))
        {
            text.Append($"- {one.Number}: {one.Text}\n");
        }

        return text.ToString().TrimEnd();
    }

    private string Places(Statement one) =>
        List(_evidence.PlacesOf(one).Select(path => Link(NameOf(path), path)), MostPlaces);

    private string Shown(Statement one)
    {
        if (IsUntested(one))
        {
            return "**no test**";
        }

        // Numbers at the end of names would only make the page longer.
        string tests = List(_evidence.TestsOf(one)
            .Select(test => Link(test.Test.Split("_MQTT_")[0], test.Path)), MostTests);
        string judges = List(
            _evidence.JudgesOf(one).Select(path => Link(NameOf(path), path)), MostTests);
        return judges.Length == 0 ? tests
            : tests.Length == 0 ? $"laboratory: {judges}"
            : $"{tests}; laboratory: {judges}";
    }

    private static string List(IEnumerable<string> items, int most)
    {
        string[] all = [.. items];
        string list = string.Join(", ", all.Take(most));
        return all.Length > most ? $"{list} and {all.Length - most} more" : list;
    }

    private static string Link(string name, string path) => $"[{name}](../{path})";

    private static string NameOf(string path) => path.Split('/')[^1][..^".cs".Length];

    private static string NameOf(StatementStatus status) => status switch
    {
        StatementStatus.Absent => "not there",
        StatementStatus.Broken => "**not kept**",
        StatementStatus.Limit => "up to a limit",
        StatementStatus.Other => "does not apply",
        _ => status.ToString().ToLowerInvariant(),
    };
}
