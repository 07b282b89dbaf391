using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Conformance;

/// <summary>What the list of statements and the sources do not agree on.</summary>
public static class Disagreements
{
    private const string V5 = "5.0";

    /// <summary>Finds them; each says what is wrong and what to do.</summary>
    public static IEnumerable<string> Of(
        IReadOnlyList<Statement> statements, Evidence evidence)
    {
        foreach (Mention one in evidence.Mentions.Where(one => one.Version.Length == 0))
        {
            yield return $"{one.Path}:{one.Line}: no version has a statement {one.Number}; "
                + "correct the number";
        }

        foreach (Statement twice in statements.GroupBy(one => (one.Version, one.Number))
            .SelectMany(same => same.Skip(1)))
        {
            yield return Say(twice, "stands twice; leave one out");
        }

        foreach (Statement one in statements)
        {
            if (one.Like.Length > 0
                && !statements.Any(other => other.Version == V5 && other.Number == one.Like))
            {
                yield return Say(one, $"is like {one.Like}, which 5.0 does not have; correct it");
            }

            bool needsNote =
                one.Status is not (StatementStatus.Done or StatementStatus.Client);
            if (one.Text.Length == 0)
            {
                yield return Say(one, "has no sentence; write one");
            }

            if (needsNote != one.Note.Length > 0)
            {
                yield return Say(one, needsNote
                    ? "says neither why nor what a client is told; add a line behind >"
                    : "has a note, which only other statuses have; leave it out");
            }

            if (one.Status is StatementStatus.Client or StatementStatus.Other
                && Place(one, evidence) is { } place)
            {
                yield return Say(one, $"does not concern this broker, but {place} names it; "
                    + "change its status, or the number there");
            }
        }
    }

    private static string? Place(Statement one, Evidence evidence) =>
        evidence.PlacesOf(one).Concat(evidence.JudgesOf(one))
            .Concat(evidence.TestsOf(one).Select(test => test.Test)).FirstOrDefault();

    private static string Say(Statement one, string what) =>
        $"{StatementFile.Path}: {one.Number} of {one.Version} {what}";
}
