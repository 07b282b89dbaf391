using System.Collections.Generic;
using EdgeBroker.Tests.Desktop.Core.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Nobody lacks a message without a reason, under tight limits as well.</summary>
[TestClass]
public sealed class DeliveryTests
{
    /// <summary>Runs; thousands were played by hand, see docs/testing.md.</summary>
    private const int Seeds = 200;

    private const int Steps = 1500;

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void WhoeverLacksAMessage_WasSlow()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            new DeliveryRun(seed).Run(Steps);
        }
    }
}
