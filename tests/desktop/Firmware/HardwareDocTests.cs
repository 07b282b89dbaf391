using System.Linq;
using System.Text.RegularExpressions;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using EdgeBroker.Firmware;
using EdgeBroker.Simulator;
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
    public void Boards_StandInTheirTable()
    {
        foreach (BoardProfile board in KnownBoards.All)
        {
            string[] cells = Row("What each board holds", board);
            Assert.AreEqual(board.Target, cells[2], board.Name);
            Assert.AreEqual(board.Limits.MaxConnections.ToString(), cells[3], board.Name);
            Assert.IsGreaterThan(board.Limits.Slots(), board.Sockets, board.Name);
            Assert.AreEqual(board.Limits.MaxSubscriptions.ToString(), cells[4], board.Name);
            Assert.AreEqual(board.Limits.MaxRetainedMessages.ToString(), cells[5], board.Name);
            int packet = board.Limits.MaxPacketSize;
            Assert.AreEqual(packet < 1024 ? $"{packet} B" : $"{packet / 1024} KiB", cells[6]);
            string led = board.LedPin == BoardProfile.NoLed ? "none" : $"GPIO {board.LedPin}";
            StringAssert.StartsWith(cells[7], led, board.Name);
        }
    }

    [TestMethod]
    public void Memory_StandsInItsTable()
    {
        foreach (BoardProfile board in KnownBoards.All)
        {
            MemoryLedger ledger = BootLedger.Lines(board);
            long reserve = ledger.Bytes[ledger.Count - 1];
            string[] cells = Row("Memory", board);
            Assert.AreEqual($"{board.HeapBytes:N0}", cells[2], board.Name);
            Assert.AreEqual($"{board.FreeBytes():N0}", cells[3], board.Name);
            Assert.AreEqual($"{ledger.TotalBytes() - reserve:N0}", cells[4], board.Name);
            Assert.AreEqual($"{reserve:N0}", cells[5], board.Name);
            Assert.AreEqual(
                $"{board.FreeBytes() - ledger.TotalBytes():N0}", cells[6], board.Name);
            Assert.AreEqual(board.HeapSource, cells[7], board.Name);
        }
    }

    [TestMethod]
    public void Boards_StartInTheHeapThatIsFree()
    {
        foreach (BoardProfile board in KnownBoards.All.Append(AllBoards.Smallest("generic")))
        {
            Assert.IsLessThanOrEqualTo(
                board.FreeBytes(), BootLedger.Lines(board).TotalBytes(), board.Name);
            Assert.IsNotEmpty(board.HeapSource, board.Name);
        }

        Assert.IsGreaterThanOrEqualTo(6, Esp32C3.Create().Limits.MaxConnections);
        Assert.IsGreaterThanOrEqualTo(14, Esp32.Create().Limits.MaxConnections);
    }

    private static string[] Row(string section, BoardProfile board)
    {
        string text = _page.Split("\n## ").Single(part => part.StartsWith(section));
        string row = text.Split('\n').Single(line => line.StartsWith($"| `{board.Name}` |"));
        return [.. row.Split('|').Select(cell => cell.Trim())];
    }
}
