using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>One C# file: its text, its code without comments and strings, its outline.</summary>
internal sealed class SourceText
{
    /// <summary>Takes a file apart.</summary>
    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        CSharpLexer lexer = new(text);
        Code = lexer.Code;
        Lines = text.Split('\n');
        CodeLines = Code.Split('\n');
        Literals = [.. lexer.Literals.Select(literal => (
            LineAt(literal.Start), text.Substring(literal.Start, literal.Length)))];
        Declarations = new SourceOutline(this).Declarations;
    }

    /// <summary>The path relative to the repository's root, `/`-separated.</summary>
    public string Path { get; }

    /// <summary>The file as it is.</summary>
    public string Text { get; }

    /// <summary>The file with comments, directives and literals blanked out.</summary>
    public string Code { get; }

    /// <summary>The lines of <see cref="Text"/> without their line feeds.</summary>
    public string[] Lines { get; }

    /// <summary>The lines of <see cref="Code"/> without their line feeds.</summary>
    public string[] CodeLines { get; }

    /// <summary>Each string literal with its line, counted from 1.</summary>
    public (int Line, string Text)[] Literals { get; }

    /// <summary>Types and members in the order in which they stand.</summary>
    public List<Declaration> Declarations { get; }

    /// <summary>The number of lines; a final line feed does not begin another one.</summary>
    public int LineCount => Text.EndsWith('\n') ? Lines.Length - 1 : Lines.Length;

    /// <summary>The line of an offset, counted from 1.</summary>
    public int LineAt(int offset) => Code.AsSpan(0, offset).Count('\n') + 1;

    /// <summary>Says where something is found.</summary>
    public string Finding(int line, string what) => $"{Path}:{line}: {what}";

    /// <summary>Runs a test over each line and says where it holds.</summary>
    public IEnumerable<string> Findings(string[] lines, Func<string, bool> holds, string what)
    {
        return lines.Select((line, index) => (line, index))
            .Where(item => holds(item.line))
            .Select(item => Finding(item.index + 1, what));
    }
}
