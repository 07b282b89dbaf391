using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>
/// Finds the types and members of a file by their braces. It knows no more of C# than the rules
/// need; bodies of members and enums are skipped.
/// </summary>
internal sealed partial class SourceOutline
{
    private readonly SourceText _source;
    private readonly string _code;
    private int _at;

    /// <summary>Takes the outline of a file.</summary>
    public SourceOutline(SourceText source)
    {
        _source = source;
        _code = source.Code;
        while (_at < _code.Length)
        {
            ReadBody(null);
        }
    }

    /// <summary>Types and members in the order in which they stand.</summary>
    public List<Declaration> Declarations { get; } = [];

    [GeneratedRegex(@"^((?:[a-z]+\s+)*)(record\s+struct|record\s+class|class|struct|interface|enum"
        + @"|record|delegate\s+[^(]*?)\s*\b(\w+)\s*(<.*)?(\(.*)?(:.*)?$", RegexOptions.Singleline)]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"\boperator\s*[<>=!]*$")]
    private static partial Regex OperatorStart();

    [GeneratedRegex(@"<[^<>]*>")]
    private static partial Regex TypeArguments();

    [GeneratedRegex(@"^((?:(?:public|private|protected|internal|static|readonly|volatile|const|new"
        + @"|required|unsafe|extern|virtual|override|sealed|abstract|async|partial|event|ref"
        + @")\s+)*)")]
    private static partial Regex MemberModifiers();

    [GeneratedRegex(@"\bthis\s*\[.*$", RegexOptions.Singleline)]
    private static partial Regex Indexer();

    private void ReadBody(Declaration parent)
    {
        while (_at < _code.Length && _code[_at] != '}')
        {
            if (char.IsWhiteSpace(_code[_at]) || _code[_at] == ';')
            {
                _at++;
                continue;
            }

            ReadDeclaration(parent);
        }

        _at++;
    }

    private void ReadDeclaration(Declaration parent)
    {
        int start = _at;
        int end = HeaderEnd();
        string header = WithoutAttributes(_code[start..end]).Trim();
        char stop = end < _code.Length ? _code[end] : ';';
        _at = end;
        if (header.StartsWith("namespace ", StringComparison.Ordinal))
        {
            _at++;
            if (stop == '{')
            {
                ReadBody(parent);
            }

            return;
        }

        Match type = TypeHeader().Match(header);
        int slot = Declarations.Count;
        Declaration found = type.Success
            ? Found(start, Kind(type), type.Groups[3].Value, Words(type.Groups[1].Value), parent)
            : Member(start, header, stop, parent);
        if (found != null)
        {
            Declarations.Add(found);
        }

        if (type.Success && stop == '{' && found.Kind != "enum")
        {
            _at++;
            ReadBody(found);
        }
        else
        {
            SkipRest(stop);
        }

        if (found != null)
        {
            int last = Math.Min(Math.Max(_at - 1, start), _code.Length - 1);
            Declarations[slot] = found with { EndLine = _source.LineAt(last) };
        }
    }

    private int HeaderEnd()
    {
        int depth = 0;
        for (int i = _at; i < _code.Length; i++)
        {
            char c = _code[i];
            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            bool assigns = c == '=' && !OperatorStart().IsMatch(_code[_at..i]);
            if (depth == 0 && (c is '{' or ';' or '}' || assigns))
            {
                return i;
            }
        }

        return _code.Length;
    }

    private void SkipRest(char stop)
    {
        bool block = stop == '{';
        int depth = 0;
        for (; _at < _code.Length; _at++)
        {
            char c = _code[_at];
            depth += c is '{' or '(' or '[' ? 1 : c is '}' or ')' or ']' ? -1 : 0;
            if (depth < 0)
            {
                return;
            }

            if (depth == 0 && (block ? c == '}' : c == ';'))
            {
                _at++;
                return;
            }
        }
    }

    private Declaration Member(int start, string header, char stop, Declaration parent)
    {
        string bare = header;
        while (TypeArguments().IsMatch(bare))
        {
            bare = TypeArguments().Replace(bare, "");
        }

        string modifiers = MemberModifiers().Match(bare).Value;
        string rest = bare[modifiers.Length..].Trim();
        if (rest.StartsWith('('))
        {
            rest = "tuple" + rest[(rest.IndexOf(')') + 1)..];
        }

        if (parent == null || rest.Length == 0)
        {
            return null;
        }

        bool arrow = stop == '=' && _at + 1 < _code.Length && _code[_at + 1] == '>';
        int paren = rest.IndexOf('(');
        string kind = paren > 0 ? "method" : stop == '{' || arrow ? "property" : "field";
        string named = paren > 0 ? rest[..paren] : Indexer().Replace(rest, "this");
        string name = named.Split([' ', '\n', '\t', '.'], StringSplitOptions.RemoveEmptyEntries)
            .LastOrDefault("");
        return Found(start, kind, name, Words(modifiers), parent);
    }

    private Declaration Found(
        int start, string kind, string name, string[] modifiers, Declaration parent)
    {
        int line = _source.LineAt(start);
        string above = line > 1 ? _source.Lines[line - 2].Trim() : "";
        bool hasDoc = above.StartsWith("///", StringComparison.Ordinal);
        return new Declaration(kind, name, modifiers, parent, line, line, hasDoc);
    }

    private static string Kind(Match type) => Words(type.Groups[2].Value)[0];

    private static string[] Words(string text) =>
        text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static string WithoutAttributes(string header)
    {
        string rest = header.TrimStart();
        while (rest.StartsWith('['))
        {
            int depth = 0;
            int i = 0;
            do
            {
                depth += rest[i] == '[' ? 1 : rest[i] == ']' ? -1 : 0;
                i++;
            }
            while (depth > 0 && i < rest.Length);
            rest = rest[i..].TrimStart();
        }

        return rest;
    }
}
