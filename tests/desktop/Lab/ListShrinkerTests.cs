using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Lab.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>What fails is made short before somebody has to read it.</summary>
[TestClass]
public sealed class ListShrinkerTests
{
    [TestMethod]
    public void Shrink_ThreeOfAThousandMatter_LeavesTheThree()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];
        List<int> least = ListShrinker.Shrink(
            items, l => l.Contains(17) && l.Contains(500) && l.Contains(999));
        CollectionAssert.AreEqual(new[] { 17, 500, 999 }, least);
    }

    [TestMethod]
    public void Shrink_OneNeedsAnother_LeavesBothInOrder()
    {
        int[] items = [.. Enumerable.Range(0, 64)];
        List<int> least = ListShrinker.Shrink(items, l => l.Sum() >= 100);
        Assert.IsGreaterThanOrEqualTo(100, least.Sum());
        Assert.IsLessThan(100, least.Skip(1).Sum());
        CollectionAssert.AreEqual(least.Order().ToList(), least);
    }
}
