using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Conformance;

/// <summary>Where each statement is checked, and what shows it, as the sources say.</summary>
public sealed class Evidence
{
    private const string Tests = "tests/";
    private const string CoreTests = "tests/shared/";
    private const string V5 = "5.0";

    // The laboratory's checkers, its reference broker and its fuzzer judge what the core does.
    private static readonly string[] _laboratory =
        ["simulator/Lab/Check/", "simulator/Lab/Fuzz/", "simulator/Lab/Model/"];

    // The half of the codec that clients need, and this list of statements, keep nothing.
    private static readonly string[] _notTheBroker =
        [Tests, "shared/Codec/Client/", "simulator/Conformance/"];

    // Tests of the laboratory, of the sources and of this list show nothing of the broker.
    private static readonly string[] _notOfTheBroker =
        ["tests/desktop/Conformance/", "tests/desktop/Lab/", "tests/desktop/Structure/"];

    private readonly ILookup<(string Version, string Number), Mention> _mentions;

    /// <param name="statements">All that there are.</param>
    /// <param name="sources">The files, by their paths.</param>
    public Evidence(IReadOnlyList<Statement> statements,
        IEnumerable<(string Path, string Text)> sources)
    {
        var numbers = new NumberFinder(statements);
        Mentions = [.. sources.SelectMany(
            file => MentionScan.Of(numbers, file.Path, file.Text))];
        _mentions = Mentions.ToLookup(one => (one.Version, one.Number));
    }

    /// <summary>All places that name a statement.</summary>
    public IReadOnlyList<Mention> Mentions { get; }

    /// <summary>The files in which a statement is kept.</summary>
    public IReadOnlyList<string> PlacesOf(Statement statement) => Paths(
        Of(statement).Concat(_mentions[(V5, statement.Like)]),
        path => !IsIn(_notTheBroker, path) && !IsIn(_laboratory, path));

    /// <summary>The parts of the laboratory that judge a statement.</summary>
    public IReadOnlyList<string> JudgesOf(Statement statement) =>
        Paths(Of(statement), path => IsIn(_laboratory, path));

    /// <summary>The tests that show a statement, those of the core first.</summary>
    public IReadOnlyList<(string Path, string Test)> TestsOf(Statement statement) =>
    [
        .. Of(statement).Where(one => one.Test.Length > 0 && !IsIn(_notOfTheBroker, one.Path))
            .Select(one => (one.Path, one.Test)).Distinct()
            .OrderByDescending(one => one.Path.StartsWith(CoreTests, StringComparison.Ordinal)),
    ];

    /// <summary>Whether a test or the laboratory shows a statement.</summary>
    public bool IsShown(Statement statement) =>
        TestsOf(statement).Count > 0 || JudgesOf(statement).Count > 0;

    private static bool IsIn(string[] folders, string path) =>
        folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static IReadOnlyList<string> Paths(
        IEnumerable<Mention> mentions, Func<string, bool> isWanted) =>
        [.. mentions.Select(one => one.Path).Where(isWanted).Distinct()];

    private IEnumerable<Mention> Of(Statement statement) =>
        _mentions[(statement.Version, statement.Number)];
}
