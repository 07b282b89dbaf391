using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Simulator;
using EdgeBroker.Simulator.Capacity;
using EdgeBroker.Simulator.Lab.Plans;
using EdgeBroker.Simulator.Lab.Run;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Spectre.Console;

namespace EdgeBroker.Tests.Desktop.Capacity;

/// <summary>The command line of `plan`, and what it shows.</summary>
[TestClass]
public sealed class PlanCommandTests
{
    private const int Columns = 80;
    private const double LetterWidth = 6.5;
    private const double PictureWidth = 820;
    private static readonly string _house =
        Path.Combine(Repository.Root, "samples", "fleets", "house.json");

    [TestMethod]
    [DataRow("--scenario", "no-board.json")]
    [DataRow("--board", "esp32", "--svg", "no/such/folder.svg")]
    public void WhatCannotBe_IsRefused(params string[] line)
    {
        ParseResult parsed = Plan().Parse([_house, .. line]);
        Assert.IsEmpty(parsed.Errors);
        Assert.AreEqual(ExitCode.Usage, parsed.Invoke());
    }

    [TestMethod]
    public void FileThatIsNotThere_IsRefused() =>
        Assert.AreEqual(ExitCode.Usage, Plan().Parse("no.json").Invoke());

    [TestMethod]
    public void House_IsOneClientTooManyForEveryBoard_AndFitsWithoutIt()
    {
        Assert.AreEqual(PlanCommand.NoFitExitCode, Plan().Parse(_house).Invoke());
        Fleet house = FleetFile.Load(_house);
        foreach (BoardFit fit in Fits(house))
        {
            bool isSmall = fit.Board.Name == "esp32-c3";
            Assert.IsTrue(fit.IsTooLittle);
            Assert.AreEqual("clients", fit.Limiting.Name);
            Assert.AreEqual(isSmall ? -9 : -1, fit.More(house.Groups[0], 0));
            Assert.AreEqual(isSmall ? null : -1, fit.More(house.Groups[1]));
        }

        Fleet less = house.With(house.Groups[0], 11);
        BoardFit[] fits = Fits(less);
        Assert.AreEqual("esp32-c3",
            string.Join(' ', fits.Where(f => !f.Fits).Select(f => f.Board.Name)));
        Assert.AreEqual(64 * 1024, FitReport.Smallest(fits).Board.HeapBytes);
        Assert.AreEqual(0, fits[0].More(less.Groups[0]));
    }

    [TestMethod]
    [DataRow(11)]
    [DataRow(12)]
    public void House_IsServedWherePlanSaysThatItFits_AndNowhereElse(int sensors)
    {
        Fleet house = FleetFile.Load(_house);
        house = house.With(house.Groups[0], sensors);
        foreach (BoardFit fit in Fits(house))
        {
            FleetTrial trial = FleetTrial.Play(house, fit.Board, 1);
            Assert.AreEqual(fit.Fits, trial.IsGood,
                fit.Board.Name + ": " + string.Join("; ", trial.Wrongs()));
        }
    }

    [TestMethod]
    public void Scenario_IsAPlanOfOneRun_AndServesEverybody()
    {
        Fleet house = FleetFile.Load(_house);
        Scenario scenario = FleetScenario.Make(
            house.With(house.Groups[0], 11), AllBoards.Find("esp32"), 1);
        Plan plan = PlanFile.Parse(PlanFile.Text("a fleet", scenario), "a test");
        Outcome outcome = SimulationLabs.Run(ScenarioMaker.Make(plan, 1));
        Assert.IsNull(outcome.Checker, outcome.What);
        Assert.AreEqual(14, outcome.Census.Connected);

        // Eleven sensors: two topics once, then one every ten seconds; three dashboards.
        Assert.AreEqual(3 * 11 * (2 + 5), outcome.Delivered);
    }

    [TestMethod]
    public void Table_FitsATerminal()
    {
        Fleet house = FleetFile.Load(_house);
        var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Columns;
        var report = new FitReport(console, house);
        BoardFit[] fits = Fits(house);
        Array.ForEach(fits, report.Board);
        report.Boards(fits);
        report.Trial(fits[0], FleetTrial.Play(house, fits[0].Board, 0.1));
        string[] lines = text.ToString().Split('\n');

        Assert.IsLessThanOrEqualTo(Columns, lines.Max(line => line.Length));
        foreach (Resource resource in fits[0].Resources)
        {
            Assert.HasCount(fits.Length, lines.Where(line =>
                line.StartsWith($"  {resource.Name} ") && line.Contains(" of ")).ToArray(),
                $"{resource.Name} is one line for each board");
        }

        CollectionAssert.Contains(lines, "  1 of 15 clients were not connected at the end");
        CollectionAssert.Contains(lines, "  so it does not fit");
    }

    [TestMethod]
    public void Json_HasWhatTheTableHas()
    {
        Fleet house = FleetFile.Load(_house);
        BoardFit[] fits = Fits(house);
        JsonNode all = JsonNode.Parse(FitJson.Text(house, fits,
            [FleetTrial.Play(house, fits[0].Board, 0.1)]));
        JsonNode first = all["boards"][0];
        Assert.AreEqual(15, all["clients"].GetValue<int>());
        Assert.IsNull(all["smallestBoard"]);
        Assert.AreEqual("does not fit", first["verdict"].GetValue<string>());
        Assert.AreEqual(-1, first["more"]["sensor"].GetValue<int>());
        Assert.HasCount(fits[0].Resources.Count, first["resources"].AsArray());
        Assert.IsFalse(first["played"]["isGood"].GetValue<bool>());
        Assert.IsNull(all["boards"][1]["played"]);
    }

    [TestMethod]
    public void Picture_HasABarForEachResource_OrForEachBoard()
    {
        Fleet house = FleetFile.Load(_house);
        BoardFit[] fits = Fits(house);
        string one = FitPicture.Draw(house, fits[..1]).ToString();
        foreach (Resource resource in fits[0].Resources)
        {
            Assert.Contains($">{resource.Name}<", one);
        }

        XDocument all = FitPicture.Draw(house, fits);
        foreach (XElement element in all.Root.Elements().Concat(
            FitPicture.Draw(house, fits[4..5]).Root.Elements()))
        {
            double end = double.Parse(element.Attribute("x")?.Value ?? "0",
                CultureInfo.InvariantCulture) + (LetterWidth * element.Value.Length);
            Assert.IsLessThanOrEqualTo(PictureWidth, end, $"{element.Value} has room");
        }

        Assert.HasCount(fits.Length, all.Descendants()
            .Where(e => fits.Any(fit => fit.Board.Name == e.Value)).ToArray());
    }

    [TestMethod]
    public void Document_NamesEachResourceAndMember()
    {
        string document = Repository.Read("docs/plan.md");
        foreach (Resource resource in Fits(FleetFile.Load(_house))[0].Resources)
        {
            Assert.Contains($"| {resource.Name} |", document);
        }

        foreach (string name in new[] { typeof(Fleet), typeof(FleetGroup),
            typeof(FleetPublication), typeof(FleetWill) }
            .SelectMany(type => type.GetProperties()).Select(p => p.Name))
        {
            Assert.Contains($"`{char.ToLowerInvariant(name[0])}{name[1..]}`", document);
        }
    }

    private static BoardFit[] Fits(Fleet fleet) =>
        [.. KnownBoards.All.Select(board => new BoardFit(fleet, board))];

    private static Command Plan()
    {
        var plan = new Command("plan");
        PlanCommand.AddTo(plan);
        return plan;
    }
}
