using System.IO;
using System.Text.RegularExpressions;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>The view of the real program, in a real terminal.</summary>
[TestClass]
public sealed partial class TerminalTests
{
    private const string Enter = "\u001b[?1049h";
    private const string Leave = "\u001b[?1049l";
    private const string CtrlC = "\u0003";
    private const string CtrlZ = "\u001a";

    private static readonly string _serve = PseudoTerminal.Simulator + " serve --port 0";

    [TestMethod]
    [DataRow("q")]
    [DataRow(CtrlC)]
    public void AfterLeaving_TheLogIsThere(string key)
    {
        using var terminal = new PseudoTerminal("stty rows 24 cols 80; exec " + _serve);
        int port = terminal.WaitForPort();
        terminal.WaitFor(Enter);
        using RawClient client = RawClient.Connected(port, 5, "meter-7");
        using var stranger = new RawClient(port);
        stranger.Send([0x30, 0x02, 0x00, 0x00]);
        Assert.IsNull(stranger.ReadPacket());
        terminal.WaitFor("closed the connection");
        terminal.Type(key);
        terminal.WaitFor(Leave);
        string log = terminal.WaitFor("stopped after");
        StringAssert.Contains(log, "Z client \"meter-7\" at " + client.Address + " connected");
        StringAssert.Contains(log, "Z closed the connection of unidentified");
        Assert.AreEqual(0, terminal.WaitForExit());
        Assert.IsFalse(terminal.Shown.EndsWith("\u001b[?25l"), "the cursor is there");
    }

    [TestMethod]
    public void LogThatGoesElsewhere_IsNotPrinted()
    {
        string config = Path.GetTempFileName();
        File.WriteAllText(config, "log_dest none\n");
        using var terminal = new PseudoTerminal(
            $"stty rows 24 cols 80; {_serve} --config {config}; echo ended with $?");
        int port = terminal.WaitForPort();
        terminal.WaitFor(Enter);
        using RawClient client = RawClient.Connected(port, 5, "meter-7");
        terminal.WaitFor("\"meter-7\" at");
        terminal.Type("q");
        terminal.WaitFor(Leave);
        Assert.DoesNotContain("meter-7", terminal.WaitFor("ended with 0"));
        File.Delete(config);
    }

    [TestMethod]
    public void Colour_IsThereUnlessNobodyWantsIt()
    {
        Assert.IsTrue(HasColour("/bin/true"), "with colours");
        Assert.IsFalse(HasColour("export NO_COLOR=1"), "with NO_COLOR");
    }

    [TestMethod]
    [DataRow("stty rows 0 cols 0; exec {0}")]
    [DataRow("stty rows 24 cols 80; TERM=dumb exec {0}")]
    [DataRow("stty rows 24 cols 80; CI=true exec {0}")]
    [DataRow("stty rows 24 cols 80; exec {0} --plain")]
    [DataRow("stty rows 24 cols 80; {0} | (trap '' INT; cat)")]
    public void WhereThereIsNoPlaceForAView_ThereIsThePlainLog(string command)
    {
        using var terminal = new PseudoTerminal(string.Format(command, _serve));
        using RawClient client = RawClient.Connected(terminal.WaitForPort(), 4, "meter-7");
        terminal.WaitFor("Z client \"meter-7\" at " + client.Address + " connected");
        terminal.Type(CtrlC);
        terminal.WaitFor("stopped after");
        Assert.DoesNotContain(Enter, terminal.Shown);
    }

    [TestMethod]
    public void AnotherSize_IsFilledAnew()
    {
        using var terminal = new PseudoTerminal("tty; stty rows 24 cols 80; exec " + _serve);
        string tty = terminal.WaitFor("\n").Trim();
        terminal.WaitFor(Enter);
        terminal.WaitFor("\u001b[24;1H");
        using var stty = System.Diagnostics.Process.Start(
            "stty", ["-F", tty, "rows", "30", "cols", "100"]);
        terminal.WaitFor("\u001b[2J");
        terminal.WaitFor("\u001b[30;1H");
        terminal.Type("q");
        Assert.AreEqual(0, terminal.WaitForExit());
    }

    [TestMethod]
    public void CtrlZ_GivesTheShellASaneTerminalAndFgDrawsAnew()
    {
        using var terminal = new PseudoTerminal("bash --norc --noprofile -i", ("PS1", "ready> "));
        terminal.WaitFor("ready> ");
        terminal.Type($"stty rows 24 cols 80; {_serve}\n");
        terminal.WaitFor(Enter);
        terminal.WaitFor("quit");
        terminal.Type(CtrlZ);
        terminal.WaitFor(Leave);
        terminal.WaitFor("Stopped");
        terminal.Type("stty -a; echo 'done'\n");
        string state = terminal.WaitFor("done\r\n");
        Assert.IsTrue(ExpectedState().IsMatch(state), state);
        terminal.Type("fg\n");
        terminal.WaitFor(Enter);
        terminal.WaitFor("quit");
        terminal.Type("q");
        terminal.WaitFor("stopped after");
        terminal.Type("stty -a; echo 'again'\n");
        state = terminal.WaitFor("again\r\n");
        Assert.IsTrue(ExpectedState().IsMatch(state), state);
        terminal.Type("exit\n");
        Assert.AreEqual(0, terminal.WaitForExit());
    }

    /// <summary>Lines are edited by the terminal, and what is typed is shown.</summary>
    [GeneratedRegex(@"\sicanon\s(.*\s)?echo\s", RegexOptions.Singleline)]
    private static partial Regex ExpectedState();

    /// <summary>Sequences that set a colour, of the letters or of what is behind them.</summary>
    [GeneratedRegex(@"\x1b\[(\d+;)*(3|4|9|10)[0-8](;\d+)*m")]
    private static partial Regex Colour();

    private static bool HasColour(string before)
    {
        using var terminal = new PseudoTerminal($"stty rows 24 cols 80; {before}; exec " + _serve);
        terminal.WaitFor(Enter);
        string picture = terminal.WaitFor("\u001b[24;1H");
        terminal.Type("q");
        Assert.AreEqual(0, terminal.WaitForExit());
        return Colour().IsMatch(picture);
    }
}
