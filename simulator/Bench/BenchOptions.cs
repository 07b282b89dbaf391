using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Options of the verb `bench`, and what their texts mean.</summary>
internal static class BenchOptions
{
    /// <summary>All scenarios.</summary>
    public const string All = "all";

    /// <summary>EdgeBroker as a process.</summary>
    public const string OwnProcess = "process";

    /// <summary>EdgeBroker as a thread.</summary>
    public const string OwnHere = "here";

    /// <summary>No EdgeBroker.</summary>
    public const string OwnNone = "none";

    /// <summary>Exit code after Ctrl+C, as of a program that the signal ended.</summary>
    public const int InterruptedExitCode = 130;

    private const int LargestPayload = 1_000_000;

    /// <summary>An option that takes one of some words, as a rule the first.</summary>
    public static Option<string> Word(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            DefaultValueFactory = _ => words[0],
        };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    /// <summary>An option that takes a whole number, 0 or more.</summary>
    public static Option<int> Number(string name, string description, int usual)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value.StartsWith('-'))
            {
                result.AddError($"{name} must be 0 or more");
            }
        });
        return option;
    }

    /// <summary>An option that takes a number, 0 or more.</summary>
    public static Option<double> Real(string name, string description, double usual)
    {
        var option = new Option<double>(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                if (!double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture, out double number) || number > int.MaxValue)
                {
                    result.AddError($"{name} must be a number, 0 or more");
                }

                return number;
            },
        };
        return option;
    }

    /// <summary>An option that takes a file to be written.</summary>
    public static Option<string> File(string name, string description) =>
        new(name) { Description = "writes " + description, HelpName = "FILE" };

    /// <summary>Scenarios by their names.</summary>
    /// <exception cref="BenchException">There is none of that name.</exception>
    public static IReadOnlyList<Scenario> ScenariosOf(string names) => names == All
        ? Scenarios.All
        : [.. names.Split(',').Select(name => Scenarios.Find(name)
            ?? throw new BenchException($"there is no scenario \"{name}\"; there are "
                + string.Join(", ", Scenarios.All.Select(s => s.Name))))];

    /// <summary>Sizes of payloads in bytes.</summary>
    /// <exception cref="BenchException">One is no size.</exception>
    public static IReadOnlyList<int> SizesOf(string sizes) =>
    [
        .. sizes.Split(',').Select(text =>
            int.TryParse(text, NumberStyles.None, null, out int size) && size <= LargestPayload
                ? size
                : throw new BenchException($"--payload: \"{text}\" is no number of bytes up to "
                    + LargestPayload.ToString("N0", CultureInfo.InvariantCulture))),
    ];
}
