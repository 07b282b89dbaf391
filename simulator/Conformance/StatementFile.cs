using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeBroker.Simulator.Conformance;

/// <summary>Reads the file in which people write down what becomes of each statement.</summary>
public static partial class StatementFile
{
    /// <summary>Where it is below the root of the repository.</summary>
    public const string Path = "simulator/Conformance/statements.txt";

    private const string VersionSign = "= ";
    private const string SectionSign = "== ";
    private const string TextSign = "    ";
    private const string NoteSign = TextSign + "> ";

    /// <summary>Reads the text of the file.</summary>
    /// <exception cref="InvalidDataException">A line of it cannot be understood.</exception>
    public static IReadOnlyList<Statement> Parse(string text)
    {
        var statements = new List<Statement>();
        string version = "";
        string section = "";
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.StartsWith(SectionSign, StringComparison.Ordinal))
            {
                section = line[SectionSign.Length..];
            }
            else if (line.StartsWith(VersionSign, StringComparison.Ordinal))
            {
                version = line[VersionSign.Length..];
            }
            else
            {
                Statement? last = statements.LastOrDefault();
                bool goesOn = line.StartsWith(TextSign, StringComparison.Ordinal);
                Statement? one = !goesOn ? Begin(line, version, section)
                    : last == null ? null
                    : GoOn(last, line);
                if (one == null)
                {
                    throw new InvalidDataException($"{Path}, line {i + 1}: write NUMBER STATUS, "
                        + "below it four blanks and a sentence, below that a note behind >");
                }

                statements.RemoveRange(statements.Count - (goesOn ? 1 : 0), goesOn ? 1 : 0);
                statements.Add(one);
            }
        }

        return statements;
    }

    private static Statement? Begin(string line, string version, string section)
    {
        Match match = Head().Match(line);
        return match.Success && version.Length > 0 && section.Length > 0
            && Enum.TryParse(match.Groups[2].Value, true, out StatementStatus status)
            ? new Statement(version, section, match.Groups[1].Value, status,
                match.Groups[3].Value, "", "")
            : null;
    }

    private static Statement? GoOn(Statement last, string line) =>
        line.StartsWith(NoteSign, StringComparison.Ordinal) && last.Note.Length == 0
            ? last with { Note = line[NoteSign.Length..] }
        : last.Text.Length == 0 && last.Note.Length == 0
            ? last with { Text = line[TextSign.Length..] }
        : null;

    [GeneratedRegex(@"^(\d+\.\d+\.\d+-\d+) ([a-z]+)(?: like (\d+\.\d+\.\d+-\d+))?$")]
    private static partial Regex Head();
}
