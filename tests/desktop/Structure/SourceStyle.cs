using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The rules of style that a file's text shows. Each yields its offenders.</summary>
internal static partial class SourceStyle
{
    /// <summary>Columns of the longest line.</summary>
    public const int MaxColumns = 100;

    /// <summary>Lines of the longest file.</summary>
    public const int MaxFileLines = 260;

    /// <summary>Lines of the longest function: a generous screen.</summary>
    public const int MaxFunctionLines = 80;

    private const string DeviceSymbol = "#if NANOFRAMEWORK_1_0";

    /// <summary>Lines that are too wide.</summary>
    public static IEnumerable<string> Columns(SourceText file) => file.Findings(
        line => line.Length > MaxColumns, $"wider than {MaxColumns} columns");

    /// <summary>Tabs, carriage returns, blanks at the end of a line or of the file.</summary>
    public static IEnumerable<string> Whitespace(SourceText file)
    {
        IEnumerable<string> noEnd = file.Text.EndsWith('\n') && !file.Text.EndsWith("\n\n")
            ? []
            : [file.Finding(file.LineCount, "the file does not end with exactly one line feed")];
        return file.Findings(line => line.Contains('\t'), "tab")
            .Concat(file.Findings(line => line.Contains('\r'), "carriage return"))
            .Concat(file.Findings(
                line => line.EndsWith(' '), "blank at the end of the line"))
            .Concat(noEnd);
    }

    /// <summary>Regions.</summary>
    public static IEnumerable<string> Regions(SourceText file) => file.Findings(
        line => Directive(line, "#region") || Directive(line, "#endregion"), "#region");

    /// <summary>Conditional compilation.</summary>
    public static IEnumerable<string> Conditions(SourceText file) =>
        file.Findings(IsCondition, "conditional compilation");

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
        MemberDeclarationSyntax[] types = [.. file.TopLevelTypes()];
        return types.Skip(1).Select(type => file.Finding(
                type, $"{SourceText.Describe(type)} is a second top-level type"))
            .Concat(types.Where(type => SourceText.NameOf(type) != stem).Select(type =>
                file.Finding(type, $"{SourceText.Describe(type)} is not named like its file")));
    }

    /// <summary>Private fields not in `_camelCase` and constants not in PascalCase.</summary>
    public static IEnumerable<string> FieldNames(SourceText file)
    {
        return file.All<BaseFieldDeclarationSyntax>()
            .Where(field => field.Declaration.Variables.Any(one => !NameFits(field, one)))
            .Select(field => file.Finding(
                field, $"{SourceText.Describe(field)} is not named by the house style"));
    }

    /// <summary>Classes open to inheritance without being abstract.</summary>
    public static IEnumerable<string> OpenClasses(SourceText file)
    {
        return file.All<TypeDeclarationSyntax>()
            .Where(type => type.Kind() is SyntaxKind.ClassDeclaration
                or SyntaxKind.RecordDeclaration)
            .Where(type => !type.Modifiers.Any(word => word.Kind() is SyntaxKind.SealedKeyword
                or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword))
            .Select(type => file.Finding(
                type, $"{SourceText.Describe(type)} is neither sealed nor static nor abstract"));
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
        return file.All<MemberDeclarationSyntax>()
            .Where(member => member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax)
            .Select(member => (member, lines: file.LinesOf(member)))
            .Select(item => (item.member, length: item.lines.Last - item.lines.First + 1))
            .Where(item => item.length > MaxFunctionLines)
            .Select(item => file.Finding(item.member, $"{SourceText.Describe(item.member)} has "
                + $"{item.length} lines, not {MaxFunctionLines}"));
    }

    /// <summary>
    /// Public types and members without an XML comment, as the compiler finds them (CS1591). It is
    /// given all files at once because one part of a partial type speaks for the others. The
    /// constants of a static class may go without, and so may overrides.
    /// </summary>
    public static IEnumerable<string> Undocumented(IEnumerable<SourceText> files)
    {
        // References are not needed to see what is public, and the errors they cause are ignored.
        CSharpCompilation compiled = CSharpCompilation.Create(
            "Documented", files.Select(file => file.Tree), options: new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary));
        return compiled.GetDiagnostics().Where(found => found.Id == "CS1591")
            .Where(found => !MayGoWithoutComment(found.Location))
            .Select(found => $"{found.Location.SourceTree.FilePath}:"
                + $"{found.Location.GetLineSpan().StartLinePosition.Line + 1}: "
                + found.GetMessage());
    }

    /// <summary>Opening braces at the end of a statement or header instead of below it.</summary>
    public static IEnumerable<string> Braces(SourceText file)
    {
        SyntaxToken[] tokens = [.. file.Tree.GetRoot().DescendantTokens()];
        IEnumerable<SyntaxToken> opening = tokens.Where(token =>
            token.IsKind(SyntaxKind.OpenBraceToken) && StandsAlone(token.Parent)
            && file.LinesOf(token.Parent).Last > file.LinesOf(token).Last
            && IsBehindCode(file, token));
        IEnumerable<SyntaxToken> behind = tokens.Where(token => token.Kind() is
                SyntaxKind.ElseKeyword or SyntaxKind.CatchKeyword or SyntaxKind.FinallyKeyword)
            .Where(token => IsBehindCode(file, token));
        return opening.Select(token => file.Finding(token, "brace behind code"))
            .Concat(behind.Select(token => file.Finding(token, "code behind a brace")));
    }

    [GeneratedRegex("^_[a-z][A-Za-z0-9]*$")]
    private static partial Regex UnderscoreCamel();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex Pascal();

    // Initializers, patterns and lambdas may open their brace behind other code.
    private static bool StandsAlone(SyntaxNode braced) => braced is BaseTypeDeclarationSyntax
        or NamespaceDeclarationSyntax or AccessorListSyntax or SwitchStatementSyntax
        or SwitchExpressionSyntax
        || (braced is BlockSyntax && braced.Parent is not AnonymousFunctionExpressionSyntax);

    private static bool IsBehindCode(SourceText file, SyntaxToken token) =>
        file.LinesOf(token.GetPreviousToken()).Last == file.LinesOf(token).First;

    private static bool NameFits(BaseFieldDeclarationSyntax field, VariableDeclaratorSyntax one)
    {
        string name = one.Identifier.Text;
        if (field.Modifiers.Any(SyntaxKind.ConstKeyword))
        {
            return Pascal().IsMatch(name);
        }

        bool open = field.Parent is InterfaceDeclarationSyntax
            || field.Modifiers.Any(SyntaxKind.PublicKeyword)
            || field.Modifiers.Any(SyntaxKind.InternalKeyword)
            || field.Modifiers.Any(SyntaxKind.ProtectedKeyword);
        return open || UnderscoreCamel().IsMatch(name);
    }

    private static bool MayGoWithoutComment(Location place)
    {
        MemberDeclarationSyntax member = place.SourceTree.GetRoot().FindNode(place.SourceSpan)
            .FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member.Modifiers.Any(SyntaxKind.OverrideKeyword)
            || (member.Modifiers.Any(SyntaxKind.ConstKeyword)
                && member.Parent is TypeDeclarationSyntax type
                && type.Modifiers.Any(SyntaxKind.StaticKeyword));
    }

    private static bool IsCondition(string line) =>
        Directive(line, "#if") || Directive(line, "#el") || Directive(line, "#endif");

    private static bool Directive(string line, string start) =>
        line.TrimStart().StartsWith(start, StringComparison.Ordinal);
}
