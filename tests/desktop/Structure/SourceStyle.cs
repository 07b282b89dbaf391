using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The rules of style that a file's text shows. Each yields its offenders.</summary>
internal static partial class SourceStyle
{
    /// <summary>Columns of the longest line.</summary>
    public const int MaxColumns = 100;

    /// <summary>Lines of the longest file of the shared code.</summary>
    public const int MaxFileLines = 260;

    /// <summary>Lines of the longest function of the shared code: a generous screen.</summary>
    public const int MaxFunctionLines = 80;

    private const string DeviceSymbol = "#if NANOFRAMEWORK_1_0";

    /// <summary>Lines that are too wide.</summary>
    public static IEnumerable<string> Columns(SourceText file) => file.Findings(
        file.Lines, line => line.Length > MaxColumns, $"wider than {MaxColumns} columns");

    /// <summary>Tabs, carriage returns, blanks at the end of a line or of the file.</summary>
    public static IEnumerable<string> Whitespace(SourceText file)
    {
        IEnumerable<string> noEnd = file.Text.EndsWith('\n') && !file.Text.EndsWith("\n\n")
            ? []
            : [file.Finding(file.LineCount, "the file does not end with exactly one line feed")];
        return file.Findings(file.Lines, line => line.Contains('\t'), "tab")
            .Concat(file.Findings(file.Lines, line => line.Contains('\r'), "carriage return"))
            .Concat(file.Findings(
                file.Lines, line => line.EndsWith(' '), "blank at the end of the line"))
            .Concat(noEnd);
    }

    /// <summary>Regions.</summary>
    public static IEnumerable<string> Regions(SourceText file) => file.Findings(
        file.Lines, line => Directive(line, "#region") || Directive(line, "#endregion"), "#region");

    /// <summary>Conditional compilation.</summary>
    public static IEnumerable<string> Conditions(SourceText file) =>
        file.Findings(file.Lines, IsCondition, "conditional compilation");

    /// <summary>Conditional compilation of anything but using lines for the device.</summary>
    public static IEnumerable<string> ConditionsButUsings(SourceText file)
    {
        bool inside = false;
        for (int i = 0; i < file.Lines.Length; i++)
        {
            string line = file.Lines[i].Trim();
            if (IsCondition(line))
            {
                bool expected = inside ? line is "#else" or "#endif" : line == DeviceSymbol;
                inside = line != "#endif";
                if (!expected)
                {
                    yield return file.Finding(i + 1, $"{line} is not of {DeviceSymbol}");
                }
            }
            else if (inside && !line.StartsWith("using ", StringComparison.Ordinal))
            {
                yield return file.Finding(i + 1, "conditional code other than a using line");
            }
        }
    }

    /// <summary>A second top-level type, or one that is not named like its file.</summary>
    public static IEnumerable<string> OneTypePerFile(SourceText file)
    {
        string stem = file.Path.Split('/')[^1].Split('.')[0];
        Declaration[] types = [.. file.Declarations.Where(d => d.IsType && d.Parent == null)];
        return types.Skip(1).Select(d => file.Finding(d.Line, $"{d} is a second top-level type"))
            .Concat(types.Where(d => d.Name != stem)
                .Select(d => file.Finding(d.Line, $"{d} is not named like its file")));
    }

    /// <summary>Private fields not in `_camelCase` and constants not in PascalCase.</summary>
    public static IEnumerable<string> FieldNames(SourceText file)
    {
        return file.Declarations.Where(d => d.Kind == "field" && !FieldNameFits(d))
            .Select(d => file.Finding(d.Line, $"{d} is not named by the house style"));
    }

    /// <summary>Classes open to inheritance without being abstract.</summary>
    public static IEnumerable<string> OpenClasses(SourceText file)
    {
        return file.Declarations
            .Where(d => d.Kind is "class" or "record" && !d.Has("struct"))
            .Where(d => !d.Has("sealed") && !d.Has("static") && !d.Has("abstract"))
            .Select(d => file.Finding(d.Line, $"{d} is neither sealed nor static nor abstract"));
    }

    /// <summary>A file that is too long to read.</summary>
    public static IEnumerable<string> FileLength(SourceText file)
    {
        return file.LineCount <= MaxFileLines
            ? []
            : [file.Finding(MaxFileLines + 1, $"{file.LineCount} lines, not {MaxFileLines}")];
    }

    /// <summary>Functions that do not fit a screen.</summary>
    public static IEnumerable<string> FunctionLength(SourceText file)
    {
        return file.Declarations
            .Where(d => !d.IsType && d.EndLine - d.Line >= MaxFunctionLines && d.Kind != "field")
            .Select(d => file.Finding(
                d.Line, $"{d} has {d.EndLine - d.Line + 1} lines, not {MaxFunctionLines}"));
    }

    /// <summary>
    /// Public types and members without an XML comment, over all files at once because one part of
    /// a partial type speaks for the others. The constants of a static class, whose type is
    /// documented, may go without.
    /// </summary>
    public static IEnumerable<string> Undocumented(IEnumerable<SourceText> files)
    {
        SourceText[] all = [.. files];
        HashSet<string> documentedTypes =
            [.. all.SelectMany(f => f.Declarations).Where(d => d.IsType && d.HasDoc)
                .Select(d => d.FullName)];
        return all.SelectMany(file => file.Declarations
            .Where(d => d.IsPublic && !d.HasDoc && !d.Has("override"))
            .Where(d => !(d.IsType && documentedTypes.Contains(d.FullName)))
            .Where(d => !(d.Has("const") && d.Parent.Has("static")
                && documentedTypes.Contains(d.Parent.FullName)))
            .Select(d => file.Finding(d.Line, $"{d} has no XML comment")));
    }

    /// <summary>Opening braces at the end of a statement or header instead of below it.</summary>
    public static IEnumerable<string> Braces(SourceText file)
    {
        return file.Findings(
                file.CodeLines, line => BraceBehindCode(line.Trim()), "brace behind code")
            .Concat(file.Findings(
                file.CodeLines, line => CodeBehindBrace().IsMatch(line), "code behind a brace"));
    }

    [GeneratedRegex(@"^\s*\}\s*(else|catch|finally)\b")]
    private static partial Regex CodeBehindBrace();

    [GeneratedRegex(@"^(\}\s*)?(if|else|for|foreach|while|do|switch|try|catch|finally|lock)\b")]
    private static partial Regex StatementStart();

    [GeneratedRegex(@"\b(if|else|for|foreach|while|do|switch|try|catch|finally|lock|using|unsafe"
        + @"|fixed|class|struct|interface|enum|record|namespace|get|set|add|remove|init)\b|\)$")]
    private static partial Regex Opener();

    [GeneratedRegex(@"(\bnew\b[^;{}]*|=>|=|\bwith|\bis|\bor|\band|\()$")]
    private static partial Regex InitializerOrLambda();

    [GeneratedRegex("^_[a-z][A-Za-z0-9]*$")]
    private static partial Regex UnderscoreCamel();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex Pascal();

    private static bool BraceBehindCode(string line)
    {
        string before = line.EndsWith('{') ? line[..^1].TrimEnd() : "";
        return (StatementStart().IsMatch(before) && !before.EndsWith("=>"))
            || (Opener().IsMatch(before) && !InitializerOrLambda().IsMatch(before));
    }

    private static bool FieldNameFits(Declaration field)
    {
        return field.Has("const") ? Pascal().IsMatch(field.Name)
            : !field.IsPrivate || UnderscoreCamel().IsMatch(field.Name);
    }

    private static bool IsCondition(string line) =>
        Directive(line, "#if") || Directive(line, "#el") || Directive(line, "#endif");

    private static bool Directive(string line, string start) =>
        line.TrimStart().StartsWith(start, StringComparison.Ordinal);
}
