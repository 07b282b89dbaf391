using EdgeBroker.Tests.Desktop.Core.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>
/// Random clients on a random host against a model that knows who is to get what: every byte that
/// a client gets is foretold, and nobody lacks a message without a reason that has a name.
/// </summary>
[TestClass]
public sealed class BrokerModelTests
{
    /// <summary>Runs; more of them were played by hand, see docs/testing.md.</summary>
    private const int Seeds = 400;

    private const int Steps = 1500;

    [TestMethod]
    public void TightLimits_WhoeverLacksAMessageWasSlow()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            new DeliveryRun(seed, false).Run(Steps);
        }
    }

    [TestMethod]
    public void RoomEnough_NobodyLacksAnything()
    {
        for (int seed = 1; seed <= Seeds / 8; seed++)
        {
            new DeliveryRun(seed, true).Run(Steps);
        }
    }
}
