using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>The end of the broker.</summary>
[TestClass]
public sealed class ShutdownTests : InteropTest
{
    private const int ServerShuttingDown = 0x8B;

    [TestMethod]
    [Timeout(LimitMs)]
    [Clients(Mqtt5Only = true)]
    public void Sigterm_ClientsAreTold_BrokerExitsWithZero(string library, int version)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("needs SIGTERM: run on Linux or macOS");
        }

        using BrokerUnderTest broker = BrokerUnderTest.Start();
        Deadline deadline = NewDeadline(LimitMs);
        UseBench(new Bench(broker, deadline));
        Listener listener = Library(library, version).Listen(Bench.Root + "/x");

        int exitCode = broker.Terminate();
        Assert.AreEqual(ServerShuttingDown, listener.WaitClosed());
        Assert.AreEqual(0, exitCode);
    }
}
