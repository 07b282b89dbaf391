using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>Shows whether a fleet fits, as tables with bars.</summary>
internal sealed class FitReport(IAnsiConsole console, Fleet fleet)
{
    private const int BarColumns = 8;
    private const double Near = 0.75;

    /// <summary>The group whose number is asked for at each resource: the largest.</summary>
    public static FleetGroup Largest(Fleet fleet) => fleet.Groups.MaxBy(g => g.Count)!;

    /// <summary>Every resource of one board.</summary>
    public void Board(BoardFit fit)
    {
        FleetGroup main = Largest(fleet);
        Verdict(fit);
        Table table = Begin();
        table.AddColumn(new TableColumn("resource").NoWrap());
        table.AddColumn("");
        table.AddColumn(new TableColumn("taken").RightAligned());
        table.AddColumn(new TableColumn("").RightAligned());
        table.AddColumn(new TableColumn(Markup.Escape($"room: {main.Name}s")).RightAligned());
        for (int i = 0; i < fit.Resources.Count; i++)
        {
            Resource resource = fit.Resources[i];
            table.AddRow(resource.Name, Bar(resource), FitText.Percent(resource),
                FitText.Figures(resource),
                resource.IsFixed ? "" : FitText.Room(fit.More(main, i)));
        }

        console.Write(table);
    }

    /// <summary>A line for each board.</summary>
    public void Boards(IReadOnlyList<BoardFit> fits)
    {
        Table table = Begin();
        table.AddColumns("board", "", "ends first");
        table.AddColumn(new TableColumn("").RightAligned());
        foreach (FleetGroup group in fleet.Groups)
        {
            table.AddColumn(
                new TableColumn(Markup.Escape($"{group.Name}s")).RightAligned());
        }

        foreach (BoardFit fit in fits)
        {
            Resource limiting = fit.Limiting;
            table.AddRow(
            [
                fit.Board.Name, Coloured(fit.Verdict, limiting), limiting.Name,
                FitText.Percent(limiting),
                .. fleet.Groups.Select(group => FitText.Room(fit.More(group))),
            ]);
        }

        console.Write(table);
        BoardFit? smallest = Smallest(fits);
        console.WriteLine(smallest != null
            ? $"The smallest board that it fits is {smallest.Board.Name}."
            : "It fits none of these boards for certain.");
    }

    /// <summary>The board with the smallest heap that it fits, or null.</summary>
    public static BoardFit? Smallest(IEnumerable<BoardFit> fits) =>
        fits.Where(fit => fit.Fits).MinBy(fit => fit.Board.HeapBytes);

    /// <summary>What was played, and what went wrong.</summary>
    public void Trial(BoardFit fit, FleetTrial trial)
    {
        const double Minute = 60_000;
        console.WriteLine(
            $"{fit.Board.Name} played {trial.Outcome.VirtualMs / Minute:N1} virtual minutes: "
            + $"{trial.Outcome.Delivered:N0} messages, the latest "
            + $"{trial.Outcome.Census?.LatestMs ?? 0} ms late");
        foreach (string wrong in trial.Wrongs())
        {
            console.WriteLine("  " + wrong);
        }

        console.WriteLine(trial.IsGood == fit.Fits
            ? trial.IsGood ? "  everybody was served: it fits" : "  so it does not fit"
            : trial.IsGood ? "  everybody was served; time and lost frames are not played"
            : "  that was not foreseen: please report it");
    }

    private void Verdict(BoardFit fit)
    {
        console.WriteLine($"{fit.Board.Name}: the fleet {fit.Verdict}.");
        foreach (Resource over in fit.Resources.Where(r => !r.Fits))
        {
            console.WriteLine($"  {over.Name}: {FitText.Figures(over)}; {over.Beyond}");
        }

        console.WriteLine("  of one group alone: " + string.Join(", ", fleet.Groups.Select(
            group => $"{group.Name}s {FitText.Room(fit.More(group))}")));
    }

    private static string Bar(Resource resource)
    {
        int filled = (int)Math.Ceiling(Math.Clamp(resource.Part, 0, 1) * BarColumns);
        return Coloured(new string('█', filled), resource)
            + $"[grey]{new string('░', BarColumns - filled)}[/]";
    }

    private static string Coloured(string text, Resource resource)
    {
        string colour = resource.IsTooLittle ? "red"
            : !resource.Fits || resource.Part >= Near ? "yellow"
            : "green";
        return $"[{colour}]{text}[/]";
    }

    private static Table Begin() => new() { Border = TableBorder.Simple };
}
