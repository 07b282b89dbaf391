using System;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Config;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>The ledger knows what sessions, QoS 1 and 2 take.</summary>
[TestClass]
public sealed class SessionLedgerTests
{
    [TestMethod]
    [DataRow(100, 0, 20)]
    [DataRow(2000, 3000, 20)]
    [DataRow(50, 20_000, 3)]
    public void Ledger_IsWhatTheBrokerTakes(int connections, int sessions, int inflight)
    {
        BrokerLimits limits = new DesktopLimits
        {
            MaxConnections = connections,
            MaxSessions = sessions,
            MaxInflight = inflight,
            MemoryLimit = 8 << 20,
        }.ToBrokerLimits();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var broker = new MqttBroker(
            limits, new BrokerSettings(), new OpenAuthenticator(true), null, 0);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(broker);
        long told = new MemoryLedger(limits).TotalBytes();
        Assert.AreEqual(1.0, (double)told / taken, 0.01, $"told {told:N0}, taken {taken:N0}");
    }
}
