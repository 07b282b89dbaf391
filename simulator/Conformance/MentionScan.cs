using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace EdgeBroker.Simulator.Conformance;

/// <summary>
/// Finds which statements a C# file names, and by which test: in its name, in it, or in the
/// comment above it.
/// </summary>
public sealed partial class MentionScan
{
    private readonly NumberFinder _numbers;
    private readonly string _path;
    private readonly string[] _lines;
    private readonly List<Mention> _found = [];
    private string _class = "";
    private string _test = "";
    private string _end = "";
    private bool _isMarked;
    private bool _isIgnored;
    private bool _hasBlock;
    private int _above;

    private MentionScan(NumberFinder numbers, string path, string text)
    {
        _numbers = numbers;
        _path = path;
        _lines = text.Split('\n');
    }

    /// <summary>Scans a file.</summary>
    /// <param name="numbers">Knows the numbers that there are.</param>
    /// <param name="path">The file, relative to the root, with slashes.</param>
    /// <param name="text">What it contains.</param>
    public static IReadOnlyList<Mention> Of(NumberFinder numbers, string path, string text)
    {
        var scan = new MentionScan(numbers, path, text);
        for (int i = 0; i < scan._lines.Length; i++)
        {
            scan.Take(i);
        }

        return scan._found;
    }

    private void Take(int index)
    {
        string line = _lines[index].TrimEnd();
        string code = line.TrimStart();
        if (_test.Length == 0)
        {
            Enter(line, code);
        }

        foreach ((string version, string number) in _numbers.Find(line))
        {
            _found.Add(new Mention(version, number, _path, index + 1, _test));
        }

        // The body ends with the brace below its beginning, or with the expression.
        _hasBlock |= line == _end + "{";
        if (line == _end + "}" || (!_hasBlock && line.EndsWith(';')))
        {
            _test = "";
        }
    }

    /// <summary>Outside of tests: a class, the marks of a test, or its beginning.</summary>
    private void Enter(string line, string code)
    {
        Match type = Type().Match(line);
        if (type.Success)
        {
            _class = type.Groups[1].Value;
        }

        Match method = Method().Match(line);
        if (_isMarked && method.Success)
        {
            _test = $"{_class}.{method.Groups[2].Value}";
            _end = method.Groups[1].Value;
            if (_isIgnored)
            {
                _test = ""; // What does not run shows nothing.
            }

            for (int i = _above; i < _found.Count; i++)
            {
                _found[i] = _found[i] with { Test = _test };
            }

            _isMarked = false;
            _isIgnored = false;
            _hasBlock = false;
            return;
        }

        _isMarked |= code.StartsWith("[TestMethod", StringComparison.Ordinal);
        _isIgnored |= code.StartsWith("[Ignore", StringComparison.Ordinal);
        bool isAbove = _isMarked || code.StartsWith("//", StringComparison.Ordinal)
            || code.StartsWith('[');
        if (!isAbove)
        {
            _above = _found.Count;
        }
    }

    [GeneratedRegex(@"^\s*(?:public|internal) .*\bclass (\w+)")]
    private static partial Regex Type();

    [GeneratedRegex(@"^(\s+)public [\w<>\s]*?(\w+)\(")]
    private static partial Regex Method();
}
