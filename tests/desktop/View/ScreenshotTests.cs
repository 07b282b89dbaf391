using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using EdgeBroker.Tests.Desktop.Structure;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>
/// The view of the real program with real clients, as a picture. With EDGEBROKER_SCREENSHOT=1 it
/// takes a minute and writes docs/view.svg.
/// </summary>
[TestClass]
public sealed class ScreenshotTests
{
    private const int Columns = 100;
    private const int Rows = 30;
    private const int Red = 9;

    [TestMethod]
    public void RealProgram_CanBePortrayed()
    {
        bool isForTheDocuments = Environment.GetEnvironmentVariable("EDGEBROKER_SCREENSHOT") == "1";
        string config = Path.GetTempFileName();
        File.WriteAllLines(config, ["max_queued_messages 200", "max_connections 100",
            "max_subscriptions 500", "max_subscriptions_per_client 100",
            "max_retained_messages 200"]);
        using var terminal = new PseudoTerminal($"stty rows {Rows} cols {Columns}; exec "
            + $"{PseudoTerminal.Simulator} serve --port 0 --config '{config}'");
        int port = terminal.WaitForPort();
        terminal.WaitFor("\u001b[2J");
        using (var house = new Household(port))
        {
            terminal.WaitFor("sensor-kitchen");
            terminal.WaitFor("°C");
            terminal.WaitFor("closed the connection");
            if (isForTheDocuments)
            {
                // The columns of a minute fill in a minute.
                terminal.WaitFor("up 00:00:4");
                terminal.WaitFor("up 00:01:0");
                terminal.WaitFor("closed the connection");
            }

            terminal.WaitFor("\u001b[1;1H");
        }

        var screen = new ShownScreen(terminal.Shown);
        terminal.Type("q");
        Assert.AreEqual(0, terminal.WaitForExit());
        File.Delete(config);
        Assert.HasCount(Rows, screen.Lines);
        Assert.IsTrue(screen.Lines.All(line => line.Sum(p => p.Text.Length) == Columns));
        Assert.IsTrue(screen.Lines.SelectMany(line => line).Any(p => p.Colour == Red
            && p.Text.Contains("closed the connection")), "a refusal is red");

        XDocument picture = SvgPicture.Draw(screen, Columns, "EdgeBroker's live view");
        string letters = string.Concat(picture.Descendants().Where(e => e.Name.LocalName == "text")
            .Select(e => e.Value));
        foreach (string text in (string[])["sensor-kitchen", "house/kitchen/temperature", "quit"])
        {
            StringAssert.Contains(letters, text);
        }

        if (isForTheDocuments)
        {
            File.WriteAllText(
                Path.Combine(Repository.Root, "docs", "view.svg"), picture + "\n");
        }
    }
}
