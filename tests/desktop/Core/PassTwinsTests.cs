using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Whether a message was passed on or stored, nobody can tell.</summary>
[TestClass]
public sealed class PassTwinsTests
{
    [TestMethod]
    public void RandomVerbs_PassedOrStored_GiveTheSame()
    {
        PassTwins twins = new();
        for (int seed = 1; seed <= 100; seed++)
        {
            twins.Play(seed, 800);
        }

        Assert.IsGreaterThan(1000, twins.Passed);
        Assert.IsGreaterThan(1000, twins.Stored);
    }
}
