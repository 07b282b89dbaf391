using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>The verb `serve`: its options, and how they go together with the file.</summary>
public sealed class ServeCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Runs a broker that any MQTT 3.1.1 or 5.0 client can use, until Ctrl+C.";

    private readonly Option<int?> _port = new("--port", "-p")
    {
        Description = "TCP port, 0 for a free one; instead of the file's (default 1883)",
        HelpName = "N",
        CustomParser = ParsePort,
    };

    private readonly Option<IPAddress> _bind = new("--bind")
    {
        Description = "address to listen at; instead of the file's (default 127.0.0.1)",
        HelpName = "ADDRESS",
        CustomParser = ParseAddress,
    };

    private readonly Option<bool> _anonymous = new("--allow-anonymous")
    {
        Description = "let everybody connect who can reach the broker: there are no passwords yet",
    };

    private readonly Option<string> _config = new("--config", "-c")
    {
        Description = "configuration in the form of mosquitto.conf",
        HelpName = "FILE",
    };

    private readonly Option<BoardProfile?> _board = KnownBoards.Option(
        "serve under exactly the limits of a board; see the verb limits");

    private readonly Option<bool> _firmware = new("--firmware")
    {
        Description = "run the program that is flashed, on the board that --board names",
    };

    private readonly Option<WifiFailure> _wifiFail = new("--wifi-fail")
    {
        Description = "with --firmware: Wi-Fi is there for UP seconds, lost for DOWN, and again",
        HelpName = "UP,DOWN",
        CustomParser = ParseWifiFail,
    };

    private readonly Option<string> _record = new("--record")
    {
        Description = "write down all that happens, passwords too, for the verb replay",
        HelpName = "FILE",
    };

    private readonly Option<bool> _plain = new("--plain")
    {
        Description = "log lines instead of the live view, also on a terminal",
    };

    private readonly Option<bool> _helpConfig = new("--help-config")
    {
        Description = "list the keywords of the configuration file and end",
    };

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public void AddTo(Command command)
    {
        VerbOptions.AddTo(command, _port, _bind, _anonymous, _config, _board, _firmware, _wifiFail,
            _record, _plain, _helpConfig);
        command.SetAction(Run);
    }

    private int Run(ParseResult options)
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

        var request = new ServeRequest(options.GetValue(_config), options.GetValue(_port),
            options.GetValue(_bind), options.GetValue(_board), options.GetValue(_anonymous));
        var errors = new List<string>();
        if (options.GetValue(_wifiFail) != null)
        {
            errors.Add("--wifi-fail works with --firmware only; add --firmware --board NAME");
        }

        ServeConfig config = request.Load(errors, out List<ListenAddress> listeners);
        foreach (string error in errors)
        {
            Console.Error.WriteLine(error);
        }

        return errors.Count > 0
            ? ExitCode.Usage
            : new Server(config, request, listeners, options.GetValue(_plain),
                options.GetValue(_record)).Run();
    }

    private int RunFirmware(ParseResult options)
    {
        BoardProfile? board = options.GetValue(_board);
        string? error = board == null ? "--firmware needs --board NAME; limits lists the boards"
            : options.GetValue(_bind) != null
                ? "--firmware listens on 127.0.0.1 only; leave --bind out"
            : options.GetValue(_anonymous)
                ? "--firmware takes allow_anonymous from its file; leave --allow-anonymous out"
            : options.GetValue(_record) != null
                ? "--record cannot look into the program that is flashed; record the PC's broker "
                    + "under the same limits: serve --board NAME --record FILE"
            : null;
        if (error != null)
        {
            Console.Error.WriteLine(error);
            return ExitCode.Usage;
        }

        // Without a board there is an error.
        return new FirmwareServer(
            board!.Name, options.GetValue(_port) ?? FirmwareServer.PortOfTheFile,
            options.GetValue(_config), options.GetValue(_wifiFail)).Run();
    }

    private static WifiFailure? ParseWifiFail(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        WifiFailure? failure = WifiFailure.Parse(text);
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

    private static IPAddress? ParseAddress(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        IPAddress? address = ListenAddress.ParseAddress(text);
        if (address == null)
        {
            result.AddError($"--bind {ListenAddress.AddressRule}, not {SafeText.Quote(text)}");
        }

        return address;
    }
}
