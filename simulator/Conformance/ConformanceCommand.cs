using System;
using System.CommandLine;
using System.IO;
using System.Linq;

namespace EdgeBroker.Simulator.Conformance;

/// <summary>
/// The verb `conformance`: writes docs/conformance.md. It needs the sources, so it is for those
/// who work on them, and is not listed.
/// </summary>
public static class ConformanceCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Writes docs/conformance.md: each statement of MQTT, and the tests that show it.";

    private static readonly Option<string> _root = new("--root")
    {
        Description = "a folder of the repository (default: where you are)",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Directory.GetCurrentDirectory(),
    };

    private static readonly Option<bool> _check = new("--check")
    {
        Description = "write nothing; say whether the page is what would be written",
    };

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        command.Hidden = true;
        VerbOptions.AddTo(command, _root, _check);
        command.SetAction(Run);
    }

    private static int Run(ParseResult options)
    {
        string folder = options.GetValue(_root)!;
        Checkout? checkout = Checkout.Around(folder);
        if (checkout == null)
        {
            Console.Error.WriteLine($"{folder} is in no clone of EdgeBroker; go to one, or name "
                + "one with --root");
            return ExitCode.Usage;
        }

        try
        {
            return Run(checkout, options.GetValue(_check));
        }
        catch (Exception e) when (e is InvalidDataException or IOException
            or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.Usage;
        }
    }

    private static int Run(Checkout checkout, bool isCheck)
    {
        var page = new ConformancePage(checkout);
        string[] wrong = [.. page.Disagreements];
        foreach (string one in wrong)
        {
            Console.Error.WriteLine(one);
        }

        if (wrong.Length > 0)
        {
            return ExitCode.Failure;
        }

        string text = page.Text();
        if (!isCheck)
        {
            checkout.Write(ConformancePage.Path, text);
        }
        else if (checkout.Read(ConformancePage.Path) != text)
        {
            Console.Error.WriteLine(
                $"{ConformancePage.Path} is not up to date; run conformance to write it");
            return ExitCode.Failure;
        }

        Console.Out.WriteLine(
            $"{ConformancePage.Path}: {page.Count} statements, {page.Untested} without a test");
        return 0;
    }
}
