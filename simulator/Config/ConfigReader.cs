using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeBroker.Simulator.Config;

/// <summary>Reads configuration in the form of mosquitto.conf: a keyword and its value.</summary>
public sealed class ConfigReader
{
    private readonly ServeConfig _config = new();
    private readonly List<ConfigRemark> _errors = [];
    private readonly string _mainFile;
    private int _order;

    private ConfigReader(string mainFile)
    {
        _mainFile = mainFile;
    }

    /// <summary>Reads a file, and those that it includes.</summary>
    /// <param name="path">The file; also how it is called in errors.</param>
    /// <param name="errors">Takes one line for each error, in the order of the files.</param>
    /// <returns>What the files say; to be used only when there is no error.</returns>
    public static ServeConfig ReadFile(string path, List<string> errors)
    {
        string? text = ConfigFile.Read(path, out string? complaint);
        if (text == null)
        {
            errors.Add($"{path}: {complaint}");
            return new ServeConfig();
        }

        return ReadText(path, text, errors);
    }

    /// <summary>Reads text that came from a file, and the files that it includes.</summary>
    /// <param name="path">What the file is called in errors.</param>
    /// <param name="text">Its text.</param>
    /// <param name="errors">Takes one line for each error, in the order of the files.</param>
    /// <returns>What the text says; to be used only when there is no error.</returns>
    public static ServeConfig ReadText(string path, string text, List<string> errors)
    {
        var reader = new ConfigReader(path);
        reader.ReadLines(path, text);

        // A contradiction between lines that are wrong themselves would only confuse.
        if (reader._errors.Count == 0)
        {
            reader._errors.AddRange(Contradictions.In(reader._config));
        }

        errors.AddRange(reader._errors.OrderBy(error => error.At.Order)
            .Select(error => error.ToString()));
        return reader._config;
    }

    private void ReadLines(string path, string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            ReadLine(lines[i].Trim(), new ConfigLine(path, i + 1, _order++));
        }
    }

    private void ReadLine(string line, ConfigLine at)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        string[] parts = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        string name = parts[0];
        string value = parts.Length > 1 ? parts[1].Trim() : "";
        Keyword? keyword = Keywords.Find(name);
        _config.CurrentLine = at;
        if (keyword == null)
        {
            ReadUnknown(name, at);
            return;
        }

        if (!_config.Lines.TryAdd(name, at) && !keyword.IsRepeatable)
        {
            ConfigLine first = _config.Lines[name];
            _errors.Add(new ConfigRemark(at,
                $"{name} is already set in {first.SeenFrom(at)}; remove one of the two lines"));
            return;
        }

        string? complaint = keyword.Apply(_config, value);
        if (complaint != null)
        {
            string hint = value.Contains('#') ? " (a comment needs a line of its own)" : "";
            _errors.Add(new ConfigRemark(at, $"{name} {complaint}{hint}"));
            return;
        }

        _config.Values[name] = _config.Values.TryGetValue(name, out string? before)
            ? $"{before}, {value}"
            : value;
        if (keyword == Keywords.IncludeDir)
        {
            Include(value, at);
        }
    }

    /// <summary>Says of a keyword that is not in the table what it is.</summary>
    private void ReadUnknown(string name, ConfigLine at)
    {
        AbsentKeywords? absent = AbsentKeywords.Find(name);
        if (absent is { IsHarmless: true })
        {
            _config.AddNote($"{name} has no effect: {absent.Why}");
            return;
        }

        string? nearest = absent == null ? Spelling.Nearest(name) : null;
        string sentence = absent != null ? $"{name} is not supported: {absent.Why}"
            : nearest != null
                ? $"unknown keyword {SafeText.Quote(name)}, did you mean {nearest}?"
                : $"unknown keyword {SafeText.Quote(name)}; "
                    + "serve --help-config lists those there are";
        _errors.Add(new ConfigRemark(at, sentence));
    }

    private void Include(string directory, ConfigLine at)
    {
        if (at.File != _mainFile)
        {
            _config.AddNote("include_dir has no effect here: it works in the main file only");
            return;
        }

        string[] paths = ConfigFile.Included(directory, _mainFile, out string? complaint);
        if (complaint != null)
        {
            _errors.Add(new ConfigRemark(at, $"include_dir {complaint}"));
        }

        foreach (string path in paths)
        {
            string? text = ConfigFile.Read(path, out complaint);
            if (text == null)
            {
                _errors.Add(new ConfigRemark(at, $"include_dir: {path}: {complaint}"));
            }
            else
            {
                ReadLines(path, text);
            }
        }
    }
}
