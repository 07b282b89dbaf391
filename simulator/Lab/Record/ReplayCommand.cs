using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>The verb `replay`: plays a recording again, or the clients of a capture.</summary>
public static class ReplayCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Plays what serve --record has written, or the clients of a capture (pcap), into a broker.";

    private const int DefaultPort = 1883;
    private static readonly Argument<string> _file = new("FILE")
    {
        Description = "a recording, a capture of tcpdump or Wireshark (pcap, pcapng), or with "
            + "--print what a board wrote to its console",
    };

    private static readonly Option<bool> _print = new("--print")
    {
        Description = "print every packet in both directions, and every refusal with its reason",
    };

    private static readonly Option<string> _pcap = new("--pcap")
    {
        Description = "write what is played as a capture that Wireshark opens",
        HelpName = "OUT",
    };

    private static readonly Option<string> _config = new("--config", "-c")
    {
        Description = "with a capture: configuration of the broker, in the form of mosquitto.conf",
        HelpName = "CONF",
    };

    private static readonly Option<int?> _port = new("--port", "-p")
    {
        Description = "with a capture: TCP port of the broker that was captured (default 1883)",
        HelpName = "N",
        CustomParser = ParsePort,
    };

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        command.Arguments.Add(_file);
        VerbOptions.AddTo(command, _print, _pcap, _config, _port);
        command.SetAction(Run);
    }

    private static int Run(ParseResult options)
    {
        string path = options.GetValue(_file)!;
        try
        {
            if (Directory.Exists(path))
            {
                return Fail($"{path} is a folder; name a file", ExitCode.Usage);
            }

            using FileStream file = File.OpenRead(path);
            byte[] start = new byte[RecordingFormat.Magic.Length];
            int got = file.ReadAtLeast(start, start.Length, false);
            file.Position = 0;
            if (CaptureFile.IsCapture(start.AsSpan(0, got)))
            {
                return PlayCapture(file, options);
            }

            return !RecordingFormat.IsRecording(start) && IsTrace(file)
                ? PrintTrace(path, file, options)
                : PlayRecording(path, file, options);
        }
        catch (InvalidDataException e)
        {
            return Fail($"{path}: {e.Message}", ExitCode.Failure);
        }
        catch (Exception e) when (ConfigFile.IsOfFiles(e))
        {
            return Fail($"{path} cannot be read: {e.Message}", ExitCode.Usage);
        }
        catch (Exception e) when (e is OutOfMemoryException or OverflowException)
        {
            return Fail($"{path}: this computer has not enough memory for its broker",
                ExitCode.Failure);
        }
    }

    private static int PlayRecording(string path, FileStream file, ParseResult options)
    {
        var reader = new RecordingReader(new BufferedStream(file));
        if (options.GetValue(_config) != null || options.GetValue(_port) != null)
        {
            return Fail($"{path} is a recording, which brings its own settings; leave "
                + "--config and --port out", ExitCode.Usage);
        }

        Recording what = reader.What;
        if (!TryCreate(options, out LastingStream? pcap))
        {
            return ExitCode.Usage;
        }

        PcapWriter? tap = pcap == null ? null
            : new PcapWriter(pcap, what.StartMs, what.StartedUtc);
        using var output = new StreamWriter(StandardStreams.OpenOutput());
        var printer = options.GetValue(_print)
            ? new ConversationPrinter(output, what.StartMs)
            : null;
        var watch = Stopwatch.StartNew();
        ReplayResult result = new Player(reader, what, printer, tap).Play();
        tap?.Dispose();
        if (what.Program != MqttBroker.Version)
        {
            output.WriteLine($"recorded by {SafeText.Quote(what.Program)}; this is "
                + MqttBroker.Version);
        }

        output.WriteLine(Summary(result, watch.Elapsed));
        output.Flush();
        if (result.End == RecordingEnd.Damaged)
        {
            return Fail($"{path}: {reader.Damage()}", ExitCode.Failure);
        }

        return result.Difference != null || pcap?.HasFailed == true ? ExitCode.Failure : 0;
    }

    private static bool IsTrace(FileStream file)
    {
        bool isTrace = TracePrinter.IsIn(new StreamReader(file));
        file.Position = 0;
        return isTrace;
    }

    private static int PrintTrace(string path, FileStream file, ParseResult options)
    {
        if (!options.GetValue(_print) || options.GetValue(_pcap) != null
            || options.GetValue(_config) != null || options.GetValue(_port) != null)
        {
            return Fail($"{path} holds traces of a board, which have only the beginnings of "
                + "packets: they can be printed, not played; use --print alone", ExitCode.Usage);
        }

        using var output = new StreamWriter(StandardStreams.OpenOutput());
        var printer = new TracePrinter(output);
        printer.Print(new StreamReader(file));
        return printer.Gaps > 0 ? ExitCode.Failure : 0;
    }

    private static int PlayCapture(FileStream file, ParseResult options)
    {
        var errors = new List<string>();
        string? path = options.GetValue(_config);
        ServeConfig config = path == null
            ? new ServeConfig()
            : ConfigReader.ReadFile(path, errors);
        errors.ForEach(Console.Error.WriteLine);
        if (errors.Count > 0 || !TryCreate(options, out LastingStream? pcap))
        {
            return ExitCode.Usage;
        }

        PcapWriter? writer = null;
        using var output = new StreamWriter(StandardStreams.OpenOutput());
        var replay = new CaptureReplay(
            new BufferedStream(file), options.GetValue(_port) ?? DefaultPort);
        var broker = new ReplayBroker(
            config.Limits.ToBrokerLimits(), config.Settings, config.AllowAnonymous);
        foreach (string line in replay.Play(broker, options.GetValue(_print) ? output : null,
            pcap == null ? null : (ms, utc) => writer = new PcapWriter(pcap, ms, utc)))
        {
            output.WriteLine(line);
        }

        writer?.Dispose();
        pcap?.Dispose();
        return !replay.HasClients || pcap?.HasFailed == true ? ExitCode.Failure : 0;
    }

    private static bool TryCreate(ParseResult options, out LastingStream? pcap)
    {
        pcap = null;
        string? path = options.GetValue(_pcap);
        if (path == null)
        {
            return true;
        }

        FileStream? file = OutputFile.Create(path, "--pcap", out string? failure);
        if (file == null)
        {
            Console.Error.WriteLine(failure);
            return false;
        }

        pcap = new LastingStream(file, e => Console.Error.WriteLine(
            $"--pcap {path} takes no more: {e.Message} What it holds can be opened"));
        return true;
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

    private static int? ParsePort(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int port = ListenAddress.ParsePort(text);
        if (port < 1)
        {
            result.AddError($"--port must be a port from 1 to 65535, not {SafeText.Quote(text)}");
        }

        return port;
    }

    private static int Fail(string sentence, int code)
    {
        Console.Error.WriteLine(sentence);
        return code;
    }
}
