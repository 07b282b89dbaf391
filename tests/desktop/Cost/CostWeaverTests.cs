using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using EdgeBroker.Simulator.Cost;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Cost;

/// <summary>Woven code counts what the device's interpreter would do.</summary>
[TestClass]
public sealed class CostWeaverTests
{
    private const string Sample = """
        namespace EdgeBroker.Sample
        {
            public class Base { public virtual int Get() { return 1; } }
            public class Other : Base { public int A; public int B;
                public override int Get() { return 2; } }
            public static class Code
            {
                public static int Number;
                public static int Loop(int n) { int i = 0; while (i < n) { i++; } return i; }
                public static int Virtual(int n) { return new Other().Get(); }
                public static int Native(int n) { return System.Math.Abs(n); }
                public static int Static(int n) { return Number; }
                public static int Element(int n) { return (new byte[n])[0]; }
                public static int Text(int n) { return n.ToString().Length; }
                public static int Throws(int n)
                {
                    try { throw new System.Exception(); } catch { return n; }
                }
            }
        }
        """;

    // ldc, stloc, br; n times ldloc, ldc, add, stloc; n + 1 times ldloc, ldarg, blt; ldloc, ret.
    [TestMethod]
    [DataRow(0, 3 + 3 + 2)]
    [DataRow(10, 3 + (10 * 4) + (11 * 3) + 2)]
    public void Instructions_AreThoseThatRun(int turns, int instructions) =>
        Assert.AreEqual(instructions, Count("Loop", turns).Work[WorkKind.Instruction]);

    [TestMethod]
    [DataRow("Virtual", WorkKind.VirtualCall, 1)]
    [DataRow("Virtual", WorkKind.NewObject, 1)]
    [DataRow("Virtual", WorkKind.Call, 3)] // Other, Base and Object.
    [DataRow("Native", WorkKind.NativeCall, 1)]
    [DataRow("Static", WorkKind.StaticField, 1)]
    [DataRow("Element", WorkKind.Element, 1)]
    [DataRow("Element", WorkKind.NewArray, 1)]
    [DataRow("Loop", WorkKind.Call, 0)]
    public void Kinds_AreTold(string method, WorkKind kind, int amount) =>
        Assert.AreEqual(amount, Count(method, 5).Work[kind]);

    [TestMethod]
    [DataRow("Virtual", 12 + (2 * 12))]
    [DataRow("Element", 12 + 12)]
    [DataRow("Text", 12 + 12)]
    public void Allocations_HaveTheirBytesOnTheDevice(string method, int bytes)
    {
        OperationCost cost = Count(method, 5);
        Assert.AreEqual(1L, cost.Allocations);
        Assert.AreEqual(bytes, cost.AllocatedBytes);
    }

    [TestMethod]
    public void Exceptions_AreNoAllocations() =>
        Assert.AreEqual(0L, Count("Throws", 5).Allocations);

    [TestMethod]
    public void Methods_TellWhoDidIt()
    {
        OperationCost cost = Count("Virtual", 0);
        Assert.AreEqual("Code.Virtual", cost.Methods[0].Method.Name);
        Assert.Contains("Other.Get", cost.Methods.Select(method => method.Method.Name));
        Assert.AreEqual(cost.Work.Nanoseconds,
            cost.Methods.Sum(method => method.Work.Nanoseconds), 0.001);
    }

    private static OperationCost Count(string method, int argument)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("cost").FullName, "Sample.dll");
        EmitResult built = CSharpCompilation.Create("EdgeBroker.Sample",
            [CSharpSyntaxTree.ParseText(Sample)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release)).Emit(path);
        Assert.IsTrue(built.Success, string.Join('\n', built.Diagnostics));

        var weaver = new CostWeaver();
        byte[] code = weaver.Weave(path);
        Directory.Delete(Path.GetDirectoryName(path), true);
        var context = new AssemblyLoadContext("sample");
        MethodInfo woven = context.LoadFromStream(new MemoryStream(code))
            .GetType("EdgeBroker.Sample.Code").GetMethod(method);
        lock (typeof(CostMeter))
        {
            CostMeter.Reset(weaver.Blocks.Count, weaver.Methods.Count);
            CostMeter.IsOn = true;
            woven.Invoke(null, [argument]);
            CostMeter.IsOn = false;
            long[][] counts = CostMeter.Read();
            return new OperationCost(
                OperationList.All[0], weaver, counts[0], counts[1], counts[2]);
        }
    }
}
