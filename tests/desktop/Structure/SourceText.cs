using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>One C# file: its text and the tree that the compiler's parser makes of it.</summary>
internal sealed class SourceText
{
    private static readonly CSharpParseOptions _options =
        new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private readonly Lazy<SyntaxTree> _tree;

    /// <summary>Takes a file; it is parsed when a rule asks for its tree.</summary>
    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        Lines = text.Split('\n');
        _tree = new Lazy<SyntaxTree>(() => CSharpSyntaxTree.ParseText(text, _options, path));
    }

    /// <summary>The path relative to the repository's root, `/`-separated.</summary>
    public string Path { get; }

    /// <summary>The file as it is.</summary>
    public string Text { get; }

    /// <summary>The lines of <see cref="Text"/> without their line feeds.</summary>
    public string[] Lines { get; }

    /// <summary>The file as the compiler sees it.</summary>
    public SyntaxTree Tree => _tree.Value;

    /// <summary>The number of lines; a final line feed does not begin another one.</summary>
    public int LineCount => Text.EndsWith('\n') ? Lines.Length - 1 : Lines.Length;

    /// <summary>All parts of one kind, in the order in which they stand.</summary>
    public IEnumerable<T> All<T>()
        where T : SyntaxNode => Tree.GetRoot().DescendantNodes().OfType<T>();

    /// <summary>Types that stand in no other type.</summary>
    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes() =>
        All<MemberDeclarationSyntax>().Where(member => IsType(member)
            && member.Parent is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax);

    /// <summary>The texts in quotes, interpolated ones with their holes.</summary>
    public IEnumerable<SyntaxNode> Literals() => All<ExpressionSyntax>()
        .Where(node => node is InterpolatedStringExpressionSyntax
            || node.IsKind(SyntaxKind.StringLiteralExpression));

    /// <summary>Where a part begins and ends, comments above it left out, counted from 1.</summary>
    public (int First, int Last) LinesOf(SyntaxNodeOrToken part)
    {
        FileLinePositionSpan span = Tree.GetLineSpan(part.Span);
        return (span.StartLinePosition.Line + 1, span.EndLinePosition.Line + 1);
    }

    /// <summary>Says where something is found.</summary>
    public string Finding(int line, string what) => $"{Path}:{line}: {what}";

    /// <summary>Says where something is found.</summary>
    public string Finding(SyntaxNodeOrToken part, string what) =>
        Finding(LinesOf(part).First, what);

    /// <summary>Runs a test over each line and says where it holds.</summary>
    public IEnumerable<string> Findings(Func<string, bool> holds, string what)
    {
        return Lines.Select((line, index) => (line, index))
            .Where(item => holds(item.line))
            .Select(item => Finding(item.index + 1, what));
    }

    /// <summary>Whether a declaration is that of a type.</summary>
    public static bool IsType(MemberDeclarationSyntax member) =>
        member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    /// <summary>Kind and name of a declaration, with the types around it.</summary>
    public static string Describe(MemberDeclarationSyntax member)
    {
        IEnumerable<string> around = member.Ancestors().OfType<BaseTypeDeclarationSyntax>()
            .Select(type => type.Identifier.Text).Reverse();
        return $"{KindOf(member)} {string.Join('.', [.. around, NameOf(member)])}";
    }

    /// <summary>The name that a declaration introduces.</summary>
    public static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        _ => member.Kind().ToString(),
    };

    private static string KindOf(MemberDeclarationSyntax member) => member switch
    {
        EnumDeclarationSyntax => "enum",
        TypeDeclarationSyntax type => type.Keyword.Text,
        DelegateDeclarationSyntax => "delegate",
        BaseFieldDeclarationSyntax => "field",
        BasePropertyDeclarationSyntax => "property",
        _ => "method",
    };
}
