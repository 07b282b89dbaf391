using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Spectre.Console;

namespace EdgeBroker.Simulator.Cost;

/// <summary>Shows costs as tables.</summary>
internal sealed class CostReport(IAnsiConsole console, IReadOnlyList<BoardSpeed> speeds)
{
    private const int MostMethods = 20;
    private const int MostFrames = 8;
    private const double Microsecond = 1000;

    /// <summary>A row for each operation.</summary>
    public void Operations(IEnumerable<OperationCost> costs)
    {
        Table table = Begin("operation", "");
        foreach (string title in new[] { "IL", "calls", "native", "new", "bytes" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        AddTimes(table);
        foreach (OperationCost cost in costs)
        {
            int parts = cost.Operation.Parts;
            table.AddRow(
            [
                cost.Operation.Name, Markup.Escape(cost.Operation.About),
                Number(cost.Work[WorkKind.Instruction], parts), Number(cost.Work.Calls, parts),
                Number(cost.Work[WorkKind.NativeCall], parts), Number(cost.Allocations, parts),
                Number(cost.AllocatedBytes, parts), .. Times(cost.Work, parts),
            ]);
        }

        console.Write(table);
    }

    /// <summary>The methods in which an operation spends most of its time.</summary>
    public void Hot(OperationCost cost)
    {
        int parts = cost.Operation.Parts;
        Table table = Begin("method");
        foreach (string title in new[] { "share", "IL", "calls", "native", "new", "frame" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        AddTimes(table);
        foreach (MethodCost method in cost.Methods.Take(MostMethods))
        {
            WorkAmounts work = method.Work;
            table.AddRow(
            [
                Markup.Escape(method.Method.Name),
                (work.Nanoseconds / cost.Work.Nanoseconds).ToString("P0", Culture),
                Number(work[WorkKind.Instruction], parts), Number(work.Calls, parts),
                Number(work[WorkKind.NativeCall], parts), Number(method.Allocations, parts),
                Number(method.Method.FrameBytes, 1), .. Times(work, parts),
            ]);
        }

        console.Write(table);
    }

    /// <summary>The methods whose stack frames are the largest.</summary>
    public void Frames(IEnumerable<WovenMethod> methods)
    {
        Table table = Begin("largest stack frames");
        table.AddColumn(new TableColumn("bytes in one piece").RightAligned());
        foreach (WovenMethod method in Largest(methods))
        {
            table.AddRow(Markup.Escape(method.Name), Number(method.FrameBytes, 1));
        }

        console.Write(table);
    }

    /// <summary>The methods whose stack frames are the largest.</summary>
    public static IEnumerable<WovenMethod> Largest(IEnumerable<WovenMethod> methods) =>
        methods.OrderByDescending(method => method.FrameBytes).Take(MostFrames);

    private static CultureInfo Culture => CultureInfo.InvariantCulture;

    private static Table Begin(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(columns);
        return table;
    }

    private static string Number(long amount, int parts) =>
        ((double)amount / parts).ToString("N0", Culture);

    private void AddTimes(Table table)
    {
        table.AddColumn(new TableColumn("us, PC").RightAligned());
        foreach (BoardSpeed speed in speeds)
        {
            table.AddColumn(new TableColumn($"us, {speed.Megahertz} MHz").RightAligned());
        }
    }

    private IEnumerable<string> Times(WorkAmounts work, int parts)
    {
        double onPc = work.Nanoseconds / parts / Microsecond;
        return speeds.Select(speed => $"{(onPc * speed.Least).ToString("N0", Culture)} to "
                + (onPc * speed.Most).ToString("N0", Culture))
            .Prepend(onPc.ToString("N1", Culture));
    }
}
