using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>
/// Prints the traces in what a board wrote to its console. Other lines are passed over, and so is
/// what a terminal puts before a line.
/// </summary>
public sealed class TracePrinter
{
    private static readonly Regex _begins = new("\\btrace begins (?<version>[0-9]+) at "
        + "(?<ms>[0-9]+) slot (?<slot>-?[0-9]+) client '(?<id>(?:[0-9A-F]{2})*)' code "
        + "(?<code>[0-9A-F]{2}): (?<why>.*)$", RegexOptions.CultureInvariant);

    private static readonly Regex _line = new(
        "\\btrace (?<number>[0-9]+) (?<hex>[0-9A-F]*)\\s*$", RegexOptions.CultureInvariant);

    private static readonly Regex _ends = new(
        "\\btrace ends (?<verbs>[0-9]+)\\s*$", RegexOptions.CultureInvariant);

    private const string FormatVersion = "1";

    private readonly TextWriter _to;
    private ConversationPrinter? _printer;
    private VerbDecoder? _decoder;
    private Match _begin = Match.Empty;
    private int _lines;
    private int _verbs;

    /// <param name="to">Takes the lines.</param>
    public TracePrinter(TextWriter to)
    {
        _to = to;
    }

    /// <summary>Traces that were printed.</summary>
    public int Traces { get; private set; }

    /// <summary>Places where a trace lacks something.</summary>
    public int Gaps { get; private set; }

    /// <summary>Whether a trace begins in a text.</summary>
    public static bool IsIn(TextReader text)
    {
        while (text.ReadLine() is { } line)
        {
            if (_begins.IsMatch(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Prints all traces of a text.</summary>
    public void Print(TextReader from)
    {
        while (from.ReadLine() is { } line)
        {
            if (_begins.Match(line) is { Success: true } begin)
            {
                Finish("another one begins");
                Begin(begin);
            }
            else if (_line.Match(line) is { Success: true } middle)
            {
                Take(middle);
            }
            else if (_ends.Match(line) is { Success: true } end && _decoder != null)
            {
                int verbs = NumberOf(end, "verbs");
                Finish(verbs == _verbs ? null
                    : $"{verbs} verbs were written and {_verbs} are here");
            }
        }

        Finish("the text ends");
    }

    private void Begin(Match begin)
    {
        if (begin.Groups["version"].Value != FormatVersion)
        {
            throw new InvalidDataException("its traces have the version "
                + $"{begin.Groups["version"]}, and this program reads version {FormatVersion}: "
                + "take the version of EdgeBroker that the board runs");
        }

        _begin = begin;
        _decoder = new VerbDecoder(
            long.Parse(begin.Groups["ms"].Value, CultureInfo.InvariantCulture), true);
        _printer = new ConversationPrinter(_to, 0);
        _lines = 0;
        _verbs = 0;
        Traces++;
        _to.WriteLine("trace of a board, in seconds since its start:");
    }

    private void Take(Match middle)
    {
        if (_decoder == null)
        {
            return; // Its beginning is not in the text.
        }

        int number = NumberOf(middle, "number");
        if (number != _lines)
        {
            Gap($"line {_lines} is not here; the times behind it are too early");
        }

        _lines = number + 1;
        string hex = middle.Groups["hex"].Value;
        byte[] bytes = hex.Length % 2 == 0 ? Convert.FromHexString(hex) : [];
        int sum = 0;
        for (int i = 0; i < bytes.Length - 1; i++)
        {
            sum += bytes[i];
        }

        if (bytes.Length < 2 || bytes[^1] != (byte)sum)
        {
            Gap($"line {number} is damaged");
            return;
        }

        var from = new BinaryReader(new MemoryStream(bytes, 0, bytes.Length - 1));
        try
        {
            while (from.BaseStream.Position < from.BaseStream.Length)
            {
                _decoder.Read(from, bytes);
                _verbs++;
                Print(_decoder.Verb);
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            Gap($"line {number} is damaged");
        }
    }

    private void Print(RecordedVerb verb)
    {
        _printer!.NowMs = verb.NowMs;
        switch (verb.Kind)
        {
            case VerbKind.Open:
                _printer.Opened(verb.Slot);
                break;
            case VerbKind.Receive or VerbKind.Transmit:
                _printer.Head(
                    verb.Slot, verb.Kind == VerbKind.Receive, [.. verb.Bytes], verb.Count);
                break;
            case VerbKind.Block:
                _printer.Blocked(verb.Slot);
                break;
            case VerbKind.Close:
                _printer.Closed(verb.Slot);
                break;
            case VerbKind.Shutdown:
                _printer.ShutDown();
                break;
            default:
                throw new FormatException();
        }
    }

    private void Finish(string? lack)
    {
        if (_decoder == null)
        {
            return;
        }

        if (lack != null)
        {
            Gap(lack);
        }

        string why = SafeWords(_begin.Groups["why"].Value);
        int slot = NumberOf(_begin, "slot");
        byte code = Convert.FromHexString(_begin.Groups["code"].Value)[0];
        if (slot == MqttBroker.None)
        {
            _to.WriteLine("the board: " + why);
        }
        else
        {
            string id = Encoding.UTF8.GetString(Convert.FromHexString(_begin.Groups["id"].Value));
            _printer!.Name(slot, id);
            _printer.On(BrokerEvent.Closed, slot, code, why);
        }

        _decoder = null;
    }

    private void Gap(string what)
    {
        Gaps++;
        _to.WriteLine("the trace is not whole: " + what);
    }

    // What is too large a number is taken for one that no line and no slot has.
    private static int NumberOf(Match match, string group) => int.TryParse(
        match.Groups[group].Value, CultureInfo.InvariantCulture, out int number) ? number : -2;

    private static string SafeWords(string text) =>
        Regex.Replace(text.TrimEnd(), "[^\\u0020-\\u007E]", "?");
}
