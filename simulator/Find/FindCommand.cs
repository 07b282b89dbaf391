using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Find;

/// <summary>The verb `find`: the boards in the network, and their addresses.</summary>
public static class FindCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description = "Finds the boards in your network that run EdgeBroker.";

    private const int DefaultPort = 1883;
    private const int NothingFoundExitCode = 1;
    private const int WaitMs = 3000;

    private static readonly Option<IPAddress> _address = new("--address")
    {
        Description = "ask this board only; without it, everybody in the network",
        HelpName = "ADDRESS",
        CustomParser = ParseAddress,
    };

    private static readonly Option<int> _port = new("--port", "-p")
    {
        Description = "UDP port of the boards (default 1883)",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultPort,
        CustomParser = ParsePort,
    };

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        VerbOptions.AddTo(command, _address, _port);
        command.SetAction(Run);
    }

    private static int Run(ParseResult options)
    {
        IPAddress? address = options.GetValue(_address);
        bool isFound = false;
        try
        {
            foreach (string answer in
                new BoardFinder(address, options.GetValue(_port)).Ask(WaitMs))
            {
                Console.Out.WriteLine(answer);
                isFound = true;
                if (address != null)
                {
                    break; // There is only one to answer.
                }
            }
        }
        catch (SocketException e)
        {
            Console.Error.WriteLine("nobody can be asked: " + e.Message
                + "; is this computer in a network?");
            return NothingFoundExitCode;
        }

        if (!isFound)
        {
            Console.Error.WriteLine("no board answered. Is it in the same network? A board whose "
                + "places for clients are all taken does not answer.");
        }

        return isFound ? 0 : NothingFoundExitCode;
    }

    private static IPAddress? ParseAddress(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        IPAddress? address = ListenAddress.ParseAddress(text);
        if (address?.AddressFamily != AddressFamily.InterNetwork)
        {
            result.AddError($"--address must be an IPv4 address, not {SafeText.Quote(text)}");
        }

        return address;
    }

    private static int ParsePort(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        int port = ListenAddress.ParsePort(text);
        if (port < 1)
        {
            result.AddError($"--port must be a port from 1 to 65535, not {SafeText.Quote(text)}");
        }

        return port;
    }
}
