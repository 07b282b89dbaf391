using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>Verbs that run for long end when they are told to, and say what they have.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class LongWorkTests
{
    private const int Interrupted = 130;

    [TestMethod]
    [DataRow("HUP")]
    [DataRow("TERM")]
    public void Simulate_SaysHowFarItCame(string signal)
    {
        using SimulatorProcess simulate = SimulatorProcess.Start(
            null, "simulate", "--plan", "calm", "--seeds", "1000000", "--jobs", "1");
        simulate.WaitForText("plan calm");
        simulate.Signal(signal);
        Assert.AreEqual(Interrupted, simulate.WaitForExit(), simulate.Transcript);
        Assert.IsTrue(simulate.Output.Any(line => line.Contains("virtual hours in")));
    }

    [TestMethod]
    [DataRow("HUP")]
    [DataRow("TERM")]
    public void Fuzz_WritesWhatItHasFound(string signal)
    {
        string corpus = Directory.CreateTempSubdirectory().FullName;
        using SimulatorProcess fuzz = SimulatorProcess.Start(
            null, "fuzz", "--minutes", "1000", "--target", "codec", "--corpus", corpus);
        fuzz.WaitForText("seed ");
        fuzz.Signal(signal);
        Assert.AreEqual(Interrupted, fuzz.WaitForExit(), fuzz.Transcript);
        Assert.IsTrue(fuzz.Output.Any(line => line.StartsWith("codec: ")));
        Assert.IsTrue(Directory.Exists(Path.Combine(corpus, "codec")));
        Directory.Delete(corpus, true);
    }

    [TestMethod]
    [DataRow("HUP")]
    [DataRow("TERM")]
    public void Bench_EndsInTheMiddle(string signal)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using SimulatorProcess bench = SimulatorProcess.Start(null, "bench", "--own", "none",
            "--against", $"silent={listener.LocalEndpoint}", "--scenario", "fanin");
        using Socket socket = listener.AcceptSocket();
        bench.Signal(signal);
        Assert.AreEqual(Interrupted, bench.WaitForExit(), bench.Transcript);
    }
}
