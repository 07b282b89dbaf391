using System;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>The core sends what the reference broker sends, on random histories.</summary>
[TestClass]
public sealed class ReferenceTests
{
    [TestMethod]
    public void RandomHistories_CoreAndReferenceAgree()
    {
        int seeds = int.Parse(
            Environment.GetEnvironmentVariable("EDGEBROKER_LAB_SEEDS") ?? "40");
        for (int seed = 1; seed <= seeds; seed++)
        {
            Lockstep lockstep = new(seed);
            try
            {
                lockstep.Run(400);
            }
            catch (Exception e)
            {
                string[] last = [.. lockstep.Trace.TakeLast(25)];
                Assert.Fail($"seed {seed}: {e.Message}\n{string.Join('\n', last)}\n{e.StackTrace}");
            }
        }
    }
}
