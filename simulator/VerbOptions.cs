using System.CommandLine;
using System.CommandLine.Parsing;

namespace EdgeBroker.Simulator;

/// <summary>Options that verbs have in common.</summary>
internal static class VerbOptions
{
    /// <summary>The option --seed, 0 or more; null when it is not given.</summary>
    public static Option<int?> Seed(string description)
    {
        var option = new Option<int?>("--seed") { Description = description, HelpName = "N" };
        option.Validators.Add(result => AtLeast(0, result));
        return option;
    }

    /// <summary>The option --jobs, 1 or more.</summary>
    public static Option<int> Jobs(string description, int usual) =>
        Count("--jobs", "N", description, usual);

    /// <summary>An option that takes a number, 1 or more.</summary>
    public static Option<int> Count(string name, string helpName, string description, int usual)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result => AtLeast(1, result));
        return option;
    }

    /// <summary>Adds options to a command.</summary>
    public static void AddTo(Command command, params Option[] options)
    {
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    // What is no number at all is told of by the parser.
    private static void AtLeast(int least, OptionResult result)
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out int value)
            && value < least)
        {
            result.AddError($"{result.IdentifierToken} must be {least} or more");
        }
    }
}
