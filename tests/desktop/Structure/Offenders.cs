using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>Says what a rule found, all of it at once.</summary>
internal static class Offenders
{
    /// <summary>Fails with one line per offender.</summary>
    public static void AssertNone(string rule, IEnumerable<string> offenders)
    {
        string[] found = [.. offenders.Distinct()];
        if (found.Length > 0)
        {
            Assert.Fail($"{rule} ({found.Length}):{Environment.NewLine}  "
                + string.Join(Environment.NewLine + "  ", found));
        }
    }

    /// <summary>
    /// Takes the offenders that a list excuses (text of the offender to reason) out, and adds a
    /// line for each entry that excuses nothing any more.
    /// </summary>
    public static IEnumerable<string> Except(
        IEnumerable<string> offenders, IReadOnlyDictionary<string, string> excused)
    {
        string[] all = [.. offenders];
        IEnumerable<string> left = all.Where(found => !excused.Keys.Any(found.Contains));
        IEnumerable<string> stale = excused.Keys
            .Where(key => !all.Any(found => found.Contains(key)))
            .Select(key => $"the exception for {key} is no longer needed");
        IEnumerable<string> bare = excused.Where(pair => string.IsNullOrWhiteSpace(pair.Value))
            .Select(pair => $"the exception for {pair.Key} gives no reason");
        return [.. left, .. stale, .. bare];
    }

    /// <summary>Shows that a rule sees its sample: an offender holds all these texts.</summary>
    public static void AssertFinds(IEnumerable<string> offenders, params string[] texts)
    {
        string[] found = [.. offenders];
        Assert.IsTrue(
            found.Any(offender => texts.All(offender.Contains)),
            $"the rule does not see {string.Join(" + ", texts)}; it found: "
                + string.Join(" | ", found));
    }
}
