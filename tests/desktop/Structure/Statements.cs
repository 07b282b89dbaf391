using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>
/// The statements of the specification by which the codec refuses a packet, and the tests that
/// carry their numbers.
/// </summary>
internal static partial class Statements
{
    /// <summary>Statements in string literals of the code without a test for them.</summary>
    public static IEnumerable<string> Untested(
        IEnumerable<SourceText> code, IEnumerable<SourceText> tests)
    {
        HashSet<string> tested =
        [
            .. tests.SelectMany(file => file.All<MethodDeclarationSyntax>())
                .SelectMany(method => InName().Matches(method.Identifier.Text))
                .Select(match => match.Groups[1].Value),
        ];
        return code.SelectMany(file => file.Literals().SelectMany(literal => InText()
            .Matches(literal.ToString())
            .Where(match => !tested.Contains(NameOf(match)))
            .Select(match => file.Finding(
                literal, $"[{match.Value}] has no test named {NameOf(match)}"))));
    }

    /// <summary>The statements that stand in string literals of the code.</summary>
    public static IEnumerable<string> Stated(IEnumerable<SourceText> code) => code
        .SelectMany(file => file.Literals())
        .SelectMany(literal => InText().Matches(literal.ToString()))
        .Select(match => match.Value).Distinct();

    private static string NameOf(Match match) => match.Value.Replace('.', '_').Replace('-', '_');

    [GeneratedRegex(@"MQTT-\d+\.\d+\.\d+-\d+")]
    private static partial Regex InText();

    [GeneratedRegex(@"(?=(MQTT_\d+_\d+_\d+_\d+))")]
    private static partial Regex InName();
}
