using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>Paths of a developer's machine and addresses of package feeds.</summary>
internal static partial class MachineTraces
{
    /// <summary>Says where a text holds one, by line.</summary>
    public static IEnumerable<string> Check(string path, string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            foreach (Match match in HomePath().Matches(lines[i]))
            {
                yield return $"{path}:{i + 1}: path of a machine: {match.Value}";
            }

            foreach (Match match in Feed().Matches(lines[i]))
            {
                yield return $"{path}:{i + 1}: address of a package feed: {match.Value}";
            }
        }
    }

    [GeneratedRegex(@"(?<![\w./])/(home|root|Users|work)/[\w.]|\b[A-Za-z]:[\\/]+Users\b")]
    private static partial Regex HomePath();

    [GeneratedRegex(@"https?://[^\s""'<>]*(registry|artifactory|nexus|/v3/index\.json|/simple\b"
        + @"|api\.nuget|pkgs\.dev)[^\s""'<>]*", RegexOptions.IgnoreCase)]
    private static partial Regex Feed();
}
