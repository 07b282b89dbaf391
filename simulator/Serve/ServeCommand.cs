using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Net;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>The verb `serve`: its options, and how they go together with the file.</summary>
public static class ServeCommand
{
    /// <summary>The exit code for options or settings that are wrong.</summary>
    public const int UsageExitCode = 2;

    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Runs a broker that any MQTT 3.1.1 or 5.0 client can use, until Ctrl+C.";

    private static readonly Option<int?> _port = new("--port", "-p")
    {
        Description = "TCP port, 0 for a free one; instead of the file's (default 1883)",
        HelpName = "N",
        CustomParser = ParsePort,
    };

    private static readonly Option<IPAddress> _bind = new("--bind")
    {
        Description = "address to listen at; instead of the file's (default 127.0.0.1)",
        HelpName = "ADDRESS",
        CustomParser = ParseAddress,
    };

    private static readonly Option<string> _config = new("--config", "-c")
    {
        Description = "configuration in the form of mosquitto.conf",
        HelpName = "FILE",
    };

    private static readonly Option<string> _board = new("--board")
    {
        Description = "serve under exactly the limits of a board; see the verb limits",
        HelpName = "NAME",
    };

    private static readonly Option<bool> _firmware = new("--firmware")
    {
        Description = "run the program that is flashed, on the board that --board names",
    };

    private static readonly Option<WifiFailure> _wifiFail = new("--wifi-fail")
    {
        Description = "with --firmware: Wi-Fi is there for UP seconds, lost for DOWN, and again",
        HelpName = "UP,DOWN",
        CustomParser = ParseWifiFail,
    };

    private static readonly Option<bool> _plain = new("--plain")
    {
        Description = "log lines instead of the live view, also on a terminal",
    };

    private static readonly Option<bool> _helpConfig = new("--help-config")
    {
        Description = "list the keywords of the configuration file and end",
    };

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_bind);
        command.Options.Add(_config);
        command.Options.Add(_board);
        command.Options.Add(_firmware);
        command.Options.Add(_wifiFail);
        command.Options.Add(_plain);
        command.Options.Add(_helpConfig);
        command.SetAction(Run);
    }

    private static int Run(ParseResult options)
    {
        if (options.GetValue(_helpConfig))
        {
            KeywordHelp.Write(Console.Out);
            return 0;
        }

        if (options.GetValue(_firmware))
        {
            return RunFirmware(options);
        }

        var errors = new List<string>();
        if (options.GetValue(_wifiFail) != null)
        {
            errors.Add("--wifi-fail needs --firmware");
        }

        string file = options.GetValue(_config);
        ServeConfig config = file == null
            ? new ServeConfig()
            : ConfigReader.ReadFile(file, errors);
        SetBoard(config, options.GetValue(_board), file, errors);
        List<ListenAddress> listeners = config.AllListeners();
        Override(listeners, options, file, errors);

        foreach (string error in errors)
        {
            Console.Error.WriteLine(error);
        }

        return errors.Count > 0
            ? UsageExitCode
            : new Server(config, listeners, options.GetValue(_plain)).Run();
    }

    private static int RunFirmware(ParseResult options)
    {
        string board = options.GetValue(_board);
        string error = board == null ? "--firmware needs --board"
            : AllBoards.Find(board) == null ? LimitsCommand.UnknownBoard(board)
            : options.GetValue(_bind) != null ? "--firmware listens on 127.0.0.1, not on --bind"
            : null;
        if (error != null)
        {
            Console.Error.WriteLine(error);
            return UsageExitCode;
        }

        return new FirmwareServer(board, options.GetValue(_port) ?? FirmwareServer.PortOfTheFile,
            options.GetValue(_config), options.GetValue(_wifiFail)).Run();
    }

    private static void SetBoard(
        ServeConfig config, string name, string file, List<string> errors)
    {
        if (name == null)
        {
            return;
        }

        config.Board = AllBoards.Find(name);
        if (config.Board == null)
        {
            errors.Add(LimitsCommand.UnknownBoard(name));
            return;
        }

        foreach (Keyword keyword in Keywords.All.Where(k => k.IsLimit))
        {
            if (config.Lines.TryGetValue(keyword.Name, out int line))
            {
                errors.Add($"{file}:{line}: {keyword.Name} contradicts --board {name}, "
                    + "which brings all limits");
            }
        }
    }

    private static void Override(List<ListenAddress> listeners, ParseResult options, string file,
        List<string> errors)
    {
        int? port = options.GetValue(_port);
        IPAddress address = options.GetValue(_bind);
        if (port == null && address == null)
        {
            return;
        }

        if (listeners.Count > 1)
        {
            string lines = string.Join(", ", listeners.Select(l => $"{file}:{l.Line}"));
            errors.Add($"{(port != null ? "--port" : "--bind")} needs a single listener, "
                + $"but the file names {listeners.Count}: {lines}");
            return;
        }

        IPEndPoint stated = listeners[0].EndPoint;
        listeners[0] = listeners[0] with
        {
            EndPoint = new IPEndPoint(address ?? stated.Address, port ?? stated.Port),
        };
    }

    private static WifiFailure ParseWifiFail(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        WifiFailure failure = WifiFailure.Parse(text);
        if (failure == null)
        {
            result.AddError($"--wifi-fail {WifiFailure.Rule}, not {SafeText.Quote(text)}");
        }

        return failure;
    }

    private static int? ParsePort(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int port = ListenAddress.ParsePort(text);
        if (port < 0)
        {
            result.AddError($"--port {ListenAddress.PortRule}, not {SafeText.Quote(text)}");
        }

        return port;
    }

    private static IPAddress ParseAddress(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        IPAddress address = ListenAddress.ParseAddress(text);
        if (address == null)
        {
            result.AddError($"--bind {ListenAddress.AddressRule}, not {SafeText.Quote(text)}");
        }

        return address;
    }
}
