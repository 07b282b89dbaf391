using System;
using System.Collections.Generic;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>
/// Blanks comments, directives, strings and characters out of C# text, so that the rules look at
/// code only. Every offset and line stays where it was.
/// </summary>
internal sealed class CSharpLexer
{
    private readonly string _text;
    private readonly char[] _code;

    /// <summary>Runs over the whole text.</summary>
    public CSharpLexer(string text)
    {
        _text = text;
        _code = text.ToCharArray();
        Run();
    }

    /// <summary>The text with everything but code replaced by blanks.</summary>
    public string Code => new(_code);

    /// <summary>Start and length of each string literal, quotes and prefix included.</summary>
    public List<(int Start, int Length)> Literals { get; } = [];

    private void Run()
    {
        int i = 0;
        bool lineStart = true;
        while (i < _text.Length)
        {
            int end = lineStart && _text[i] == '#' ? LineEnd(i) : EndOfTrivia(i);
            if (end == i)
            {
                end = EndOfString(i);
                if (end > i)
                {
                    Literals.Add((i, end - i));
                }
            }

            if (end == i)
            {
                lineStart = _text[i] == '\n' || (lineStart && char.IsWhiteSpace(_text[i]));
                i++;
                continue;
            }

            Blank(i, end);
            i = end;
        }
    }

    private int EndOfTrivia(int i)
    {
        if (At(i, "//"))
        {
            return LineEnd(i);
        }

        if (At(i, "/*"))
        {
            int close = _text.IndexOf("*/", i + 2, StringComparison.Ordinal);
            return close < 0 ? _text.Length : close + 2;
        }

        return _text[i] == '\'' ? EndOfCharacter(i) : i;
    }

    private int EndOfCharacter(int i)
    {
        int end = i + 1;
        while (end < _text.Length && _text[end] != '\'' && _text[end] != '\n')
        {
            end += _text[end] == '\\' ? 2 : 1;
        }

        return Math.Min(end + 1, _text.Length);
    }

    private int EndOfString(int i)
    {
        int quote = i;
        while (quote < _text.Length && _text[quote] is '$' or '@')
        {
            quote++;
        }

        if (quote >= _text.Length || _text[quote] != '"')
        {
            return i;
        }

        bool verbatim = _text.IndexOf('@', i, quote - i) >= 0;
        bool interpolated = _text.IndexOf('$', i, quote - i) >= 0;
        int quotes = Run('"', quote);
        if (!verbatim && quotes >= 3)
        {
            return EndOfRaw(quote + quotes, quotes);
        }

        return EndOfQuoted(quote + 1, verbatim, interpolated);
    }

    private int EndOfRaw(int i, int quotes)
    {
        while (i < _text.Length)
        {
            int run = Run('"', i);
            if (run >= quotes)
            {
                return i + run;
            }

            i += Math.Max(run, 1);
        }

        return i;
    }

    private int EndOfQuoted(int i, bool verbatim, bool interpolated)
    {
        while (i < _text.Length)
        {
            char c = _text[i];
            if (c == '"' && !(verbatim && At(i, "\"\"")))
            {
                return i + 1;
            }

            if (interpolated && c == '{' && !At(i, "{{"))
            {
                i = EndOfHole(i + 1);
                continue;
            }

            bool pair = (c == '\\' && !verbatim) || c == '"' || At(i, "{{");
            i += pair ? 2 : 1;
        }

        return _text.Length;
    }

    private int EndOfHole(int i)
    {
        int depth = 1;
        while (i < _text.Length && depth > 0)
        {
            int end = EndOfTrivia(i);
            end = end == i ? EndOfString(i) : end;
            if (end > i)
            {
                i = end;
                continue;
            }

            depth += _text[i] == '{' ? 1 : _text[i] == '}' ? -1 : 0;
            i++;
        }

        return i;
    }

    private int Run(char c, int i)
    {
        int end = i;
        while (end < _text.Length && _text[end] == c)
        {
            end++;
        }

        return end - i;
    }

    private bool At(int i, string text) =>
        string.CompareOrdinal(_text, i, text, 0, text.Length) == 0;

    private int LineEnd(int i)
    {
        int end = _text.IndexOf('\n', i);
        return end < 0 ? _text.Length : end;
    }

    private void Blank(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (_code[i] != '\n')
            {
                _code[i] = ' ';
            }
        }
    }
}
