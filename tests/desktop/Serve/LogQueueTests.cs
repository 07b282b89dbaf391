using System.Linq;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Serve;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>The log never makes the broker wait.</summary>
[TestClass]
public sealed class LogQueueTests
{
    [TestMethod]
    public void SinkThatHangs_LosesLinesThatAreCounted()
    {
        const int Lines = 50_000;
        using var sink = new GatedSink();
        using (var log = new LogQueue(LogTypes.All, sink))
        {
            // The gate is shut: if adding waited, this loop would never end.
            for (int i = 0; i < Lines; i++)
            {
                log.Add(LogTypes.Notice, "line " + i);
            }

            sink.Open();
        }

        string report = sink.Lines.Single(line => line.Contains("left out"));
        int leftOut = int.Parse(report.Split(' ')[0]);
        Assert.IsGreaterThan(0, leftOut);
        Assert.AreEqual(Lines, sink.Lines.Count - 1 + leftOut);
        Assert.AreEqual("line 0", sink.Lines[0]);
    }

    [TestMethod]
    public void TypesThatAreOff_AreNotWritten()
    {
        using var sink = new GatedSink();
        sink.Open();
        using (var log = new LogQueue(LogTypes.Error | LogTypes.Warning, sink))
        {
            Assert.IsFalse(log.Takes(LogTypes.Notice));
            log.Add(LogTypes.Notice, "notice");
            log.Add(LogTypes.Warning, "warning");
            log.Add(LogTypes.Information, "information");
            log.Add(LogTypes.Error, "error");
        }

        CollectionAssert.AreEqual((string[])["warning", "error"], sink.Lines);
    }
}
