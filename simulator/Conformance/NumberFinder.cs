using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeBroker.Simulator.Conformance;

/// <summary>
/// Finds the numbers of statements in a line, and tells of which version they are. Both versions
/// number from 3.1.0-1 on, so in a line those behind "3.1.1" are of that version, and so are those
/// behind "V311" in the name of a test. All others are of 5.0, unless only 3.1.1 has them.
/// </summary>
public sealed partial class NumberFinder
{
    private const string V311 = "3.1.1";
    private const string V5 = "5.0";

    private readonly HashSet<(string Version, string Number)> _known;

    /// <param name="statements">All that there are.</param>
    public NumberFinder(IEnumerable<Statement> statements)
    {
        _known = [.. statements.Select(one => (one.Version, one.Number))];
    }

    /// <summary>Finds what a line names; a number that is unknown has no version.</summary>
    public IEnumerable<(string Version, string Number)> Find(string line)
    {
        string told = V5;
        foreach (Match match in Parts().Matches(line))
        {
            string word = match.Value;
            if (!word.StartsWith("MQTT", StringComparison.Ordinal))
            {
                told = word == V5 ? V5 : V311;
                continue;
            }

            string number = NumberIn(word);
            string other = told == V5 ? V311 : V5;
            yield return (_known.Contains((told, number)) ? told
                : _known.Contains((other, number)) ? other : "", number);
        }
    }

    // [MQTT-3.1.2-5] in text, MQTT_3_1_2_5 in names. What has another form stays as it is, and is
    // known to nobody.
    private static string NumberIn(string word)
    {
        Match match = Name().Match(word);
        return match.Success
            ? $"{match.Groups[1].Value.Replace('_', '.')}-{match.Groups[2].Value}"
            : word["MQTT-".Length..];
    }

    [GeneratedRegex(@"MQTT[-_]\d+[-._]\d+(?:[-._]\d+)*|V311(?=\w*MQTT_)"
        + @"|(?<![\d._-])3\.1\.1(?![\d-])|(?<![\d._-])5\.0(?![\d.-])")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^MQTT_(\d+_\d+_\d+)_(\d+)$")]
    private static partial Regex Name();
}
