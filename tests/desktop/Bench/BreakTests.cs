using System.CommandLine;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using EdgeBroker.Simulator.Bench;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Bench;

/// <summary>What users do wrong, and brokers, is told soon and clearly.</summary>
[TestClass]
public sealed class BreakTests
{
    [TestMethod]
    public void Names_OfTwoBrokers_DifferAndThereIsOne()
    {
        BenchChecks.Names(["a", "b"]);
        Assert.ThrowsExactly<BenchException>(() => BenchChecks.Names(["a", "b", "a"]));
        Assert.ThrowsExactly<BenchException>(() => BenchChecks.Names([]));
    }

    [TestMethod]
    public void Options_ThatExcludeEachOther_AreRefused()
    {
        BenchChecks.Options("process", "file", null, 5);
        BenchChecks.Options("here", null, 0, 0);
        Assert.ThrowsExactly<BenchException>(() => BenchChecks.Options("here", "file", null, 0));
        Assert.ThrowsExactly<BenchException>(() => BenchChecks.Options("process", null, 0, 5));
    }

    [TestMethod]
    [DataRow("--seconds", "0")]
    [DataRow("--seconds", "-1")]
    [DataRow("--rate", "x")]
    [DataRow("--rounds", "0")]
    public void NumbersThatMeanNothing_AreRefused(string option, string value)
    {
        var bench = new Command("bench");
        BenchCommand.AddTo(bench);
        string error = bench.Parse([option, value]).Errors.Single().Message;
        StringAssert.StartsWith(error, option + " must be ");
    }

    [TestMethod]
    public void Files_ThatCannotBeWritten_AreToldAndOthersStay()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string old = Path.Combine(folder, "old.json");
            string page = Path.Combine(folder, "page.md");
            string picture = Path.Combine(folder, "page.svg");
            File.WriteAllText(old, "old");
            BenchChecks.Files(old, picture, page);
            Assert.AreEqual("old", File.ReadAllText(old));
            Assert.IsFalse(File.Exists(page));
            string none = Path.Combine(folder, "none", "x");
            Assert.ThrowsExactly<BenchException>(() => BenchChecks.Files(none, null, null));
            Assert.ThrowsExactly<BenchException>(() => BenchChecks.Files("", null, null));
            Assert.ThrowsExactly<BenchException>(() => BenchChecks.Files(null, null, ""));
            Assert.ThrowsExactly<BenchException>(() => BenchChecks.Files(null, folder, null));
            Assert.ThrowsExactly<BenchException>(() => BenchChecks.Files(null, null, picture));
            Assert.ThrowsExactly<BenchException>(() => BenchChecks.Files(page, null, page));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    public void Target_HasIPv6NoControlCharactersAndARealProcess()
    {
        Target target = TargetParser.Parse("six=[::1]:1883");
        Assert.AreEqual(new IPEndPoint(IPAddress.IPv6Loopback, 1883), target.Address);
        Assert.AreEqual("six", target.Name);
        Assert.ThrowsExactly<BenchException>(() => TargetParser.Parse("a\u0001=127.0.0.1:1"));
        var e = Assert.ThrowsExactly<BenchException>(
            () => TargetParser.Parse($"a=127.0.0.1:1:{int.MaxValue}"));
        StringAssert.Contains(e.Message, "no process");
    }

    [TestMethod]
    [DataRow("HTTP/1.1 400 Bad Request\r\n" + "..............................................."
        + ".....................", "no MQTT broker")]
    [DataRow("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "not MQTT")]
    public async Task Garbage_IsNoBroker(string answer, string why)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = Task.Run(async () =>
        {
            using Socket socket = await listener.AcceptSocketAsync();
            socket.Receive(new byte[1000]);
            socket.Send(System.Text.Encoding.Latin1.GetBytes(answer));
        });
        using var loop = new ClientLoop((IPEndPoint)listener.LocalEndpoint, new Load());
        var e = Assert.ThrowsExactly<BenchException>(
            () => loop.Open([BenchClient.New("c", 0)], 1));
        StringAssert.Contains(e.Message, why);
        await serving;
    }

    [TestMethod]
    public void CtrlC_EndsAMeasurement_InItsMiddle()
    {
        using OwnBroker broker = OwnBroker.StartHere();
        using var ending = new CancellationTokenSource();
        var load = new Load { Seconds = 1_000_000, Clients = 2 };
        var scenario = new FlowScenario("x", "ends itself", count =>
        {
            ending.Cancel();
            return Layout.FanIn(count);
        }, 2, 10);
        var comparison = new Comparison([broker.Target], [scenario], [64], load, 1);
        comparison.Run(ending.Token);
        Assert.IsEmpty(comparison.Results);
        Assert.IsEmpty(comparison.Failures);
    }

    [TestMethod]
    public void Wild_OfOneFilter_StillMatches() => Assert.AreEqual(1, Layout.Wild(1).Numbers.Count);
}
