using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Capacity;
using EdgeBroker.Simulator.Lab.Run;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Capacity;

/// <summary>Fleets as large as a file may say, and what is said of them.</summary>
[TestClass]
[DoNotParallelize] // Console.Out and TERM belong to the whole process.
public sealed class LargeFleetTests
{
    private const int Clients = 999;
    private const int Payload = 10_000_000;

    [TestMethod]
    public void LargestMessages_AreAddedUp()
    {
        BoardFit fit = new(Many("\"retain\": true"), AllBoards.Find("esp32"));
        const double Least = (double)Clients * Payload;
        foreach (string name in new[] { "retained bytes", "bytes of that queue" })
        {
            Resource resource = fit.Resources.Single(r => r.Name == name);
            Assert.IsGreaterThan(Least, resource.Used, name);
            Assert.IsFalse(resource.Fits, name);
        }
    }

    [TestMethod]
    public void MostMessages_ArePlayedForAShorterTime()
    {
        Scenario scenario = FleetScenario.Make(
            Many("\"perS\": 10000"), AllBoards.Find("esp32"), 3);
        Assert.IsLessThan(300_000, scenario.Events.Count);
    }

    [TestMethod]
    public void Picture_ShowsTheLeastWhereItIs()
    {
        Fleet fleet = FleetFile.Parse("""
            { "groups": [{ "name": "a", "count": 10,
                "publishes": [{ "topic": "t", "perS": 150 }] }] }
            """, "a fleet");
        BoardFit fit = new(fleet, AllBoards.Find("esp32"));
        Resource processor = fit.Resources.Single(r => r.Name == "processor");
        Assert.IsGreaterThan(1.2, processor.Part, "more than the picture shows");
        XElement[] elements = [.. FitPicture.Draw(fleet, [fit]).Root.Elements()];
        int at = Array.FindIndex(elements, e => e.Value == processor.Name);
        double[] widths = [.. elements[(at + 1)..(at + 4)]
            .Select(e => (double)e.Attribute("width"))];
        Assert.AreEqual(processor.Least / processor.Limit, widths[2] / widths[0], 0.01);
    }

    [TestMethod]
    public void LongSentence_EndsInThePicture()
    {
        Fleet fleet = Many("\"qos\": 1") with { About = new string('m', 300) };
        string picture = FitPicture.Draw(
            fleet, [new BoardFit(fleet, AllBoards.Find("esp32"))]).ToString();
        Assert.Contains("mmm\u2026<", picture);
    }

    [TestMethod]
    public void Redirected_HasNoColours()
    {
        string term = Environment.GetEnvironmentVariable("TERM");
        TextWriter console = Console.Out;
        using var text = new StringWriter();
        try
        {
            Environment.SetEnvironmentVariable("TERM", "xterm-256color");
            Console.SetOut(text);
            var plan = new Command("plan");
            PlanCommand.AddTo(plan);
            plan.Parse(Path.Combine(Repository.Root, "samples", "fleets", "house.json")).Invoke();
        }
        finally
        {
            Console.SetOut(console);
            Environment.SetEnvironmentVariable("TERM", term);
        }

        Assert.Contains("does not fit", text.ToString());
        Assert.DoesNotContain('\u001b', text.ToString());
    }

    private static Fleet Many(string member) => FleetFile.Parse($$"""
        { "groups": [
            { "name": "a", "count": {{Clients}},
              "publishes": [{ "topic": "t/{n}", "bytes": {{Payload}}, {{member}} }] },
            { "name": "b", "subscribes": [ "#" ] } ] }
        """, "a fleet");
}
