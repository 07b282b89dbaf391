using System;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>The verb `replay`: plays a recording again, or the clients of a capture.</summary>
public static class ReplayCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Plays what serve --record has written, or the clients of a capture (pcap), into a broker.";

    private const int FailureExitCode = 1;
    private const int UsageExitCode = 2;

    private static readonly Argument<string> _file = new("FILE")
    {
        Description = "a recording",
    };

    private static readonly Option<bool> _print = new("--print")
    {
        Description = "print every packet in both directions, and every refusal with its reason",
    };

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        command.Arguments.Add(_file);
        command.Options.Add(_print);
        command.SetAction(Run);
    }

    private static int Run(ParseResult options)
    {
        string path = options.GetValue(_file)!;
        try
        {
            if (Directory.Exists(path))
            {
                return Fail($"{path} is a folder; name a file", UsageExitCode);
            }

            using FileStream file = File.OpenRead(path);
            return PlayRecording(path, file, options);
        }
        catch (InvalidDataException e)
        {
            return Fail($"{path}: {e.Message}", FailureExitCode);
        }
        catch (Exception e) when (ConfigFile.IsOfFiles(e))
        {
            return Fail($"{path} cannot be read: {e.Message}", UsageExitCode);
        }
        catch (Exception e) when (e is OutOfMemoryException or OverflowException)
        {
            return Fail($"{path}: this computer has not enough memory for its broker",
                FailureExitCode);
        }
    }

    private static int PlayRecording(string path, FileStream file, ParseResult options)
    {
        var reader = new RecordingReader(file);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = false };
        var printer = options.GetValue(_print)
            ? new ConversationPrinter(output, reader.What.StartMs)
            : null;
        var watch = Stopwatch.StartNew();
        ReplayResult result = new Player(reader, reader.What, printer).Play();
        output.WriteLine(Summary(result, watch.Elapsed));
        output.Flush();
        if (result.End == RecordingEnd.Damaged)
        {
            return Fail($"{path}: {reader.Damage()}", FailureExitCode);
        }

        return result.Difference == null ? 0 : FailureExitCode;
    }

    private static string Summary(ReplayResult result, TimeSpan real)
    {
        string figures = string.Create(CultureInfo.InvariantCulture,
            $"{result.Verbs} verbs, {result.BytesIn} bytes in, {result.BytesOut} bytes out, "
            + $"{result.PassedMs / 1000.0:F3} s played in {real.TotalSeconds:F3} s");
        return result.Difference != null ? $"different: {result.Difference}; {figures}"
            : result.End == RecordingEnd.CutOff
                ? $"identical as far as it goes: {figures}; the recording is cut off there, so "
                    + "the counters at its end are not known"
            : result.End == RecordingEnd.Damaged ? $"identical up to the damage: {figures}"
            : $"identical: {figures}";
    }

    private static int Fail(string sentence, int code)
    {
        Console.Error.WriteLine(sentence);
        return code;
    }
}
