using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
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

    /// <summary>More clients, filters or messages than a computer has room for.</summary>
    public const int MostClients = 1_000_000;

    /// <summary>More rounds than anybody waits for.</summary>
    public const int MostRounds = 1000;

    /// <summary>Half of the Packet Identifiers that there are.</summary>
    public const int MostInflight = 32_767;

    private const double LongestNumber = 1_000_000_000;

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

    /// <summary>An option that takes a whole number.</summary>
    public static Option<int> Number(
        string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result => CheckRange(result, name, least, most));
        return option;
    }

    /// <summary>An option that takes a whole number, or is left out.</summary>
    public static Option<int?> NumberOrNone(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result => CheckRange(result, name, 0, MostClients));
        return option;
    }

    private static void CheckRange(OptionResult result, string name, int least, int most)
    {
        if (result.Tokens is [var token]
            && (!int.TryParse(token.Value, out int number) || number < least || number > most))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture,
                $"{name} must be a whole number from {least} to {most:N0}"));
        }
    }

    /// <summary>An option that takes a number, 0 or more or only more.</summary>
    public static Option<double> Real(
        string name, string description, double usual, bool mayBeNone)
    {
        var option = new Option<double>(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                if (!double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture, out double number)
                    || !(number <= LongestNumber) || (number == 0 && !mayBeNone))
                {
                    string range = mayBeNone ? "from 0 to " : "above 0, up to ";
                    result.AddError($"{name} must be a number {range}"
                        + LongestNumber.ToString("N0", CultureInfo.InvariantCulture));
                }

                return number;
            },
        };
        return option;
    }

    /// <summary>An option that takes a file to be written.</summary>
    public static Option<string> File(string name, string description) =>
        new(name) { Description = "writes " + description, HelpName = "FILE" };

    /// <summary>Scenarios by their names, in the order of all.</summary>
    /// <exception cref="BenchException">There is none of that name.</exception>
    public static IReadOnlyList<Scenario> ScenariosOf(string names)
    {
        if (names == All)
        {
            return Scenarios.All;
        }

        Scenario[] wanted = [.. names.Split(',').Select(name => Scenarios.Find(name)
            ?? throw new BenchException($"there is no scenario \"{name}\"; there are "
                + string.Join(", ", Scenarios.All.Select(s => s.Name))))];
        return [.. Scenarios.All.Where(wanted.Contains)];
    }

    /// <summary>Sizes of payloads in bytes.</summary>
    /// <exception cref="BenchException">One is no size.</exception>
    public static IReadOnlyList<int> SizesOf(string sizes) =>
    [
        .. sizes.Split(',').Distinct().Select(text =>
            int.TryParse(text, NumberStyles.None, null, out int size) && size <= LargestPayload
                ? size
                : throw new BenchException($"--payload: \"{text}\" is no number of bytes up to "
                    + LargestPayload.ToString("N0", CultureInfo.InvariantCulture))),
    ];
}
