using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator;

/// <summary>The boards that have a profile, and the option that names one of them.</summary>
internal static class KnownBoards
{
    /// <summary>All of them.</summary>
    public static IEnumerable<BoardProfile> All =>
        Enumerable.Range(0, AllBoards.Count).Select(AllBoards.At);

    /// <summary>Their names, with commas between.</summary>
    public static string Names => string.Join(", ", All.Select(board => board.Name));

    /// <summary>The option --board; null when it is not given.</summary>
    public static Option<BoardProfile?> Option(string description) =>
        Option<BoardProfile>(description, AllBoards.Find, Names);

    /// <summary>The option --board where more than boards can be named.</summary>
    /// <param name="description">What it is for.</param>
    /// <param name="find">What a name means, or null.</param>
    /// <param name="names">What there is.</param>
    public static Option<T?> Option<T>(string description, Func<string, T?> find, string names)
        where T : class => new("--board")
        {
            Description = description,
            HelpName = "NAME",
            CustomParser = result =>
            {
                string name = result.Tokens[0].Value;
                T? found = find(name);
                if (found == null)
                {
                    result.AddError($"--board {SafeText.Quote(name)} is no board that is known "
                        + $"here; there are {names}");
                }

                return found;
            },
        };
}
