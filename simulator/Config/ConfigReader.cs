using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeBroker.Simulator.Config;

/// <summary>Reads configuration in the form of mosquitto.conf: a keyword and its value.</summary>
public sealed class ConfigReader
{
    private const int MaxBytes = 1024 * 1024;

    private readonly ServeConfig _config = new();
    private readonly List<ConfigError> _errors = [];

    private ConfigReader()
    {
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; also how it is called in errors.</param>
    /// <param name="errors">Takes one line for each error, in the order of the file.</param>
    /// <returns>What the file says; to be used only when there is no error.</returns>
    public static ServeConfig ReadFile(string path, List<string> errors)
    {
        string text;
        try
        {
            if (!File.Exists(path))
            {
                string what = Directory.Exists(path) ? "is a folder" : "there is no such file";
                errors.Add($"{path}: {what}");
                return new ServeConfig();
            }

            if (new FileInfo(path).Length > MaxBytes)
            {
                errors.Add($"{path}: is larger than 1 MiB, which no configuration file is");
                return new ServeConfig();
            }

            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            errors.Add($"{path}: cannot be read: {e.Message}");
            return new ServeConfig();
        }

        return ReadText(path, text, errors);
    }

    /// <summary>Reads text that came from a file.</summary>
    /// <param name="path">What the file is called in errors.</param>
    /// <param name="text">Its text.</param>
    /// <param name="errors">Takes one line for each error, in the order of the file.</param>
    /// <returns>What the text says; to be used only when there is no error.</returns>
    public static ServeConfig ReadText(string path, string text, List<string> errors)
    {
        var reader = new ConfigReader();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            reader.ReadLine(lines[i].Trim(), i + 1);
        }

        // A contradiction between lines that are wrong themselves would only confuse.
        if (reader._errors.Count == 0)
        {
            reader._errors.AddRange(Contradictions.In(reader._config));
        }

        errors.AddRange(reader._errors.OrderBy(error => error.Line)
            .Select(error => $"{path}:{error.Line}: {error.Sentence}"));
        return reader._config;
    }

    private void ReadLine(string line, int number)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        string[] parts = line.Split((char[])null, 2, StringSplitOptions.RemoveEmptyEntries);
        string name = parts[0];
        string value = parts.Length > 1 ? parts[1].Trim() : "";
        Keyword keyword = Keywords.Find(name);
        if (keyword == null)
        {
            _errors.Add(new ConfigError(number, Unknown(name)));
            return;
        }

        if (!_config.Lines.TryAdd(name, number) && !keyword.IsRepeatable)
        {
            _errors.Add(new ConfigError(
                number, $"{name} stands in line {_config.Lines[name]} already"));
            return;
        }

        _config.CurrentLine = number;
        string complaint = keyword.Apply(_config, value);
        if (complaint != null)
        {
            string hint = value.Contains('#') ? " (a comment needs a line of its own)" : "";
            _errors.Add(new ConfigError(number, $"{name} {complaint}{hint}"));
        }
    }

    private static string Unknown(string name)
    {
        if (MissingKeywords.Contains(name))
        {
            return $"{name} is a mosquitto keyword that EdgeBroker does not support";
        }

        string nearest = Spelling.Nearest(name);
        string hint = nearest == null ? "" : $", did you mean {nearest}?";
        return $"unknown keyword {SafeText.Quote(name)}{hint}";
    }
}
