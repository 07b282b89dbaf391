using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Simulator.Serve;
using EdgeBroker.Tests.Desktop.Serve;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using ServeLog = EdgeBroker.Simulator.Serve.EventLog;

namespace EdgeBroker.Tests.Desktop.Host;

/// <summary>In a storm of clients everybody is logged: by a line, or in an exact count.</summary>
[TestClass]
public sealed class StormLogTests
{
    private const int Storm = 20_000;

    [TestMethod]
    public void ClientsThatComeAndGo_HaveLinesOrAreCounted()
    {
        using var sink = new GatedSink();
        sink.Open();
        Run(sink, events =>
        {
            for (int i = 0; i < Storm; i++)
            {
                events.On(BrokerEvent.Connected, 0, 0, null);
                events.On(i % 4 == 0 ? BrokerEvent.Lost : BrokerEvent.Disconnected, 0, 0, null);
            }
        });
        Assert.AreEqual(Storm, Told(sink, " connected (") + Counted(sink, "connected"));
        Assert.AreEqual(Storm / 4, Told(sink, " lost: ") + Counted(sink, "lost"));
        Assert.AreEqual(Storm * 3 / 4,
            Told(sink, " disconnected (") + Counted(sink, "disconnected"));
        Assert.IsGreaterThanOrEqualTo(ServeLog.LinesPerSecond, Told(sink, "unidentified"));
        Assert.IsLessThan(Storm / 10, sink.Lines.Count, "most are counted");
    }

    /// <summary>The sink takes nothing, so the log is full when most refusals come.</summary>
    [TestMethod]
    public void Refusals_HaveLinesOrAreCountedByReason()
    {
        using var sink = new GatedSink();
        Run(sink, events =>
        {
            for (int i = 0; i < Storm; i++)
            {
                events.On(BrokerEvent.ConnectRefused, 0, 0x87, "not authorized");
                events.On(BrokerEvent.Closed, 0, 0x82, "nonsense");
            }

            sink.Open();
        });
        string[] refused = [.. sink.Lines.Where(line => line.Contains("(0x87"))];
        string[] closed = [.. sink.Lines.Where(line => line.Contains("(0x82"))];
        Assert.AreEqual(Storm, Sum(refused, "refused CONNECT: not authorized"));
        Assert.AreEqual(Storm, Sum(closed, "closed a connection: nonsense"));
        Assert.IsLessThan(Storm, sink.Lines.Count);
        Assert.IsFalse(sink.Lines.Any(line => line.Contains("left out")));
    }

    private static void Run(GatedSink sink, Action<ServeLog> storm)
    {
        var config = new ServeConfig();
        config.Settings.MaxQos = 1;
        var limits = new BrokerLimits();
        using Network network = Networks.Create(null);
        using var log = new LogQueue(LogTypes.All, sink);
        var events = new ServeLog(log, config);
        var broker = new MqttBroker(limits, config.Settings, new OpenAuthenticator(true), events,
            TcpHost.NowMs());
        using var host = new TcpHost(broker, limits, network);
        events.Attach(broker, host);
        broker.Open(0, TcpHost.NowMs());
        storm(events);
        log.Summarise();
    }

    private static int Told(GatedSink sink, string text)
    {
        return sink.Lines.Count(line => line.Contains(text) && !line.StartsWith("and "));
    }

    private static long Counted(GatedSink sink, string verb)
    {
        return sink.Lines.Sum(line =>
            long.Parse("0" + Regex.Match(line, $@"(\d+) more clients {verb}\b").Groups[1].Value));
    }

    private static long Sum(string[] lines, string phrase)
    {
        return lines.Sum(line => !line.StartsWith("and ") ? 1
            : long.Parse(Regex.Match(line, $@"^and (\d+) more: {phrase} ").Groups[1].Value));
    }
}
