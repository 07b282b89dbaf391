using System;
using System.IO;
using System.Linq;
using System.Reflection;
using EdgeBroker.Simulator.Lab.Fuzz;
using EdgeBroker.Simulator.Lab.Weaving;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>A woven core does what the usual one does, and counts.</summary>
[TestClass]
public sealed class WeavingTests
{
    [TestMethod]
    public void Steps_OfTheSameVerbs_AreTheSame()
    {
        long[] steps = [.. Enumerable.Range(0, 2).Select(_ => StepsOf(new WovenLab()))];
        Assert.IsGreaterThan(1000L, steps[0]);
        Assert.AreEqual(steps[0], steps[1]);
    }

    [TestMethod]
    [DataRow("Array.Copy(one, 0, other, 0, count)")]
    [DataRow("Array.Copy(one, other, count)")]
    [DataRow("Array.Clear(one, 0, count)")]
    [DataRow("Buffer.BlockCopy(one, 0, other, 0, count)")]
    public void WorkInBulk_CountsAStepForSoManyElements(string statement)
    {
        Action<byte[], byte[], int> woven = Woven(statement);
        byte[] one = [.. Enumerable.Repeat((byte)7, 100_000)];
        byte[] other = new byte[one.Length];
        long few = Cost(() => woven(one, other, 0));
        long many = Cost(() => woven(one, other, one.Length));

        Assert.AreEqual(one.Length / BulkWork.ElementsPerStep, many - few);
        Assert.AreEqual(one[^1], other[^1], "it is done as well");
    }

    [TestMethod]
    public void WorkInBulk_ThatNothingCounts_IsNotWoven()
    {
        var e = Assert.ThrowsExactly<InvalidOperationException>(
            () => Woven("Array.Reverse((Array)one)"));
        StringAssert.Contains(e.Message, "Array::Reverse");
    }

    [TestMethod]
    public void CoreThatIsNotWoven_CountsNothing()
    {
        long before = Coverage.Steps;
        PlaySome();
        Assert.AreEqual(before, Coverage.Steps);
        Assert.AreEqual(0, Coverage.TouchedCount);
    }

    [TestMethod]
    public void Edges_AreManyAndHaveAPlaceEach()
    {
        var weaver = new CoreWeaver();
        weaver.Weave(typeof(EdgeBroker.Broker.MqttBroker).Assembly.Location);
        Assert.IsGreaterThan(3000, weaver.Edges);
    }

    /// <summary>Plays a few random cases; called inside of a woven lab.</summary>
    private static void PlaySome()
    {
        var target = new BrokerTarget();
        var random = new Random(4);
        for (int i = 0; i < 20; i++)
        {
            Assert.IsNull(new CaseRunner(target).Fault(target.NewCase(random)));
        }
    }

    /// <summary>A method of one statement, compiled and woven.</summary>
    private static Action<byte[], byte[], int> Woven(string statement)
    {
        string path = Path.GetTempFileName();
        try
        {
            EmitResult result = CSharpCompilation.Create("Small",
                [CSharpSyntaxTree.ParseText("using System; public static class Small { "
                    + "public static void Run(byte[] one, byte[] other, int count) { "
                    + statement + "; } }")],
                [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path);
            Assert.IsTrue(result.Success, string.Join('\n', result.Diagnostics));
            return Assembly.Load(new CoreWeaver().Weave(path).ToArray()).GetType("Small")!
                .GetMethod("Run")!.CreateDelegate<Action<byte[], byte[], int>>();
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static long Cost(Action work)
    {
        long before = Coverage.Steps;
        work();
        Coverage.Reset();
        return Coverage.Steps - before;
    }

    private static long StepsOf(WovenLab lab)
    {
        byte[] file = new BrokerTarget().NewCase(new Random(4)).Write();
        Assert.IsNull(lab.Call(
            typeof(FuzzWorker), nameof(FuzzWorker.Replay), "broker", file));
        return (long)lab.Call(typeof(FuzzWorker), nameof(FuzzWorker.Steps))!;
    }
}
