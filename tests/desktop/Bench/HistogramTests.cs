using System;
using System.Linq;
using EdgeBroker.Simulator.Bench;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Bench;

/// <summary>Percentiles are those of the sorted times, to 1.6 %.</summary>
[TestClass]
public sealed class HistogramTests
{
    private const double Precision = 0.016;

    [TestMethod]
    [DataRow(1)]
    [DataRow(100)]
    [DataRow(10_000)]
    public void Percentiles_AreThoseOfTheSortedTimes(int count)
    {
        var random = new Random(count);
        var histogram = new Histogram();
        long[] times = [.. Enumerable.Range(0, count)
            .Select(_ => (long)Math.Exp(random.NextDouble() * 40))];
        foreach (long time in times)
        {
            histogram.Add(time);
        }

        Array.Sort(times);
        Assert.AreEqual(times[^1], histogram.Longest);
        foreach (double part in new[] { 0, 0.01, 0.5, 0.9, 0.99, 0.999 })
        {
            double exact = times[(int)(part * count)];
            Assert.AreEqual(exact, histogram.Percentile(part), exact * Precision, $"{part}");
        }
    }

    [TestMethod]
    public void SmallTimes_AreExact_AndWhatIsLessCountsAsZero()
    {
        var histogram = new Histogram();
        for (int i = 0; i < 128; i++)
        {
            histogram.Add(i);
        }

        for (int i = 0; i < 128; i++)
        {
            Assert.AreEqual(i, histogram.Percentile((i + 0.5) / 128));
        }

        histogram.Clear();
        Assert.AreEqual(0, histogram.Percentile(0.5));
        histogram.Add(-5);
        Assert.AreEqual(0, histogram.Percentile(0.5));
        Assert.AreEqual(1, histogram.Count);
    }
}
