using System;
using System.CommandLine;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>The verb `limits`: what the tables of a broker take, on a board or here.</summary>
public static class LimitsCommand
{
    /// <summary>One line about the verb.</summary>
    public const string Description =
        "Shows what each table of the broker takes, on a board or with the defaults of serve.";

    private static readonly Option<BoardProfile?> _board = KnownBoards.Option(
        "a board; without it the defaults of serve, and the list of boards");

    /// <summary>Gives a command the options and the work of the verb.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(_board);
        command.SetAction(Run);
    }

    private static int Run(ParseResult options)
    {
        if (options.GetValue(_board) is not { } board)
        {
            Console.Out.WriteLine("serve with its defaults takes at most so many bytes:");
            WriteLedger(new DesktopLimits().ToBrokerLimits());
            WriteBoards();
            Console.Out.WriteLine();
            Console.Out.WriteLine("limits --board NAME shows the tables of a board");
            return 0;
        }

        Console.Out.WriteLine($"the broker on {board.Name} ({board.Target}) takes so many bytes:");
        long total = WriteLedger(board.Limits);
        WriteLine("heap region of the board", board.HeapBytes);
        WriteLine("left for runtime and host", board.HeapBytes - total);
        Console.Out.WriteLine($"  heap: {board.HeapSource}");
        WriteLine("flash for the program", board.DeploymentBytes);
        return 0;
    }

    private static long WriteLedger(BrokerLimits limits)
    {
        var ledger = new MemoryLedger(limits);
        for (int i = 0; i < ledger.Count; i++)
        {
            WriteLine(ledger.Names[i], ledger.Bytes[i]);
        }

        WriteLine("total", ledger.TotalBytes());
        return ledger.TotalBytes();
    }

    private static void WriteBoards()
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine("board           clients  subscriptions  retained   total bytes");
        foreach (BoardProfile board in KnownBoards.All)
        {
            BrokerLimits limits = board.Limits;
            Console.Out.WriteLine($"{board.Name,-14}{limits.MaxConnections,9}"
                + $"{limits.MaxSubscriptions,15}{limits.MaxRetainedMessages,10}"
                + $"{new MemoryLedger(limits).TotalBytes(),14:N0}");
        }
    }

    private static void WriteLine(string name, long bytes)
    {
        Console.Out.WriteLine($"  {name,-30}{bytes,14:N0}");
    }
}
