using System.Linq;
using System.Text.RegularExpressions;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Firmware;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>docs/hardware.md says what the firmware does.</summary>
[TestClass]
public sealed class HardwareDocTests
{
    private static readonly string _page = Repository.Read("docs/hardware.md");

    [TestMethod]
    public void Keywords_StandInTheirTable()
    {
        string[] keywords =
        [
            .. Regex.Matches(Repository.Read("firmware/ConfigKeywords.cs"), "case \"(\\w+)\":")
                .Select(match => match.Groups[1].Value),
        ];
        Assert.IsGreaterThan(20, keywords.Length);
        Offenders.AssertNone(
            "not documented", keywords.Where(keyword => !_page.Contains($"`{keyword}`")));
    }

    [TestMethod]
    public void Figures_StandInTheirTable()
    {
        var figures = new DeviceFigures("", null);
        for (int i = 0; i < figures.Count(); i++)
        {
            Assert.Contains($"`{figures.NameOf(i)}`", _page);
        }
    }

    [TestMethod]
    [DataRow(LedState.BootError)]
    [DataRow(LedState.Connecting)]
    [DataRow(LedState.AccessPoint)]
    [DataRow(LedState.SafeMode)]
    [DataRow(LedState.Serving)]
    [DataRow(LedState.Clients)]
    public void LedPattern_StandsInItsTable(LedState state)
    {
        int pattern = StatusLed.PatternOf(state);
        string steps = string.Concat(
            Enumerable.Range(0, 16).Select(step => pattern >> step & 1));
        Assert.Contains($"`{steps}`", _page);
    }

    [TestMethod]
    public void Boards_StandInTheirTableWithTheirFigures()
    {
        for (int i = 0; i < AllBoards.Count; i++)
        {
            BoardProfile board = AllBoards.At(i);
            string row = _page.Split('\n').SingleOrDefault(
                line => line.StartsWith($"| `{board.Name}` |"));
            Assert.IsNotNull(row, board.Name);
            string[] cells = [.. row.Split('|').Select(cell => cell.Trim())];
            Assert.AreEqual(board.Target, cells[2], row);
            Assert.AreEqual(board.Limits.MaxConnections.ToString(), cells[3], row);
            Assert.AreEqual(board.Sockets, board.Limits.Slots() + 1, row);
            Assert.AreEqual(board.Limits.MaxSubscriptions.ToString(), cells[4], row);
            Assert.AreEqual(board.Limits.MaxRetainedMessages.ToString(), cells[5], row);
            Assert.AreEqual($"{board.Limits.MaxPacketSize / 1024} KiB", cells[6], row);
            double core = new MemoryLedger(board.Limits).TotalBytes() / 1024.0;
            Assert.AreEqual(core, double.Parse(cells[7].Replace(" KiB", "")), core / 10, row);
            StringAssert.StartsWith(cells[8], $"{board.HeapBytes:N0}", row);
            string led = board.LedPin == BoardProfile.NoLed ? "none" : $"GPIO {board.LedPin}";
            StringAssert.StartsWith(cells[9], led, row);
        }
    }
}
