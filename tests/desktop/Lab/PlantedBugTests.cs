using System;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Fuzz;
using EdgeBroker.Simulator.Lab.Weaving;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Tests.Desktop.Lab;

/// <summary>
/// Fuzzing is not blind: with one method of the core changed, it finds that, and makes it small.
/// </summary>
[TestClass]
public sealed class PlantedBugTests
{
    private const int Runs = 60_000;
    private const int MostSteps = 4;

    [TestMethod]
    [DataRow("codec", "EdgeBroker.Codec.Utf8", "IsValid", 1, "UTF-8")]
    [DataRow("codec", "EdgeBroker.Codec.PropertySet", "MayRepeat", 1, "twice")]
    [DataRow("codec", "EdgeBroker.Codec.FixedHeader", "CheckFlags", 0, "refused with 0x82")]
    [DataRow("topics", "EdgeBroker.Topics.TopicFilter", "IsShared", 0, "Shared Subscription")]
    [DataRow("broker", "EdgeBroker.Codec.ConnectReturnCode", "FromReasonCode", 3, "goodbye")]
    public void ConstantResult_IsFound(
        string target, string type, string method, int result, string expected)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string core = Path.Combine(folder, "EdgeBroker.Shared.dll");
            Plant(type, method, result, core);
            var session = new FuzzSession(target, 1, Runs, TimeSpan.MaxValue) { Core = core };
            session.Run([], 1);
            Assert.IsNotNull(session.Failure, "it was not found");
            StringAssert.Contains(session.Failure.Value.What, expected);
            Assert.IsLessThanOrEqualTo(
                MostSteps, FuzzCase.Read(session.Failure.Value.File).Steps.Count);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [TestMethod]
    public void LoopWithoutEnd_IsStopped()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string core = Path.Combine(folder, "EdgeBroker.Shared.dll");
            Change("EdgeBroker.Codec.FixedHeader", "SizeOf", core, il =>
            {
                Instruction loop = il.Create(OpCodes.Nop);
                il.Append(loop);
                il.Append(il.Create(OpCodes.Br, loop));
            });
            var session = new FuzzSession("codec", 1, Runs, TimeSpan.MaxValue) { Core = core };
            session.Run([], 1);
            StringAssert.Contains(session.Failure?.What, "does not come to an end");
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static void Plant(string type, string method, int result, string path) =>
        Change(type, method, path, il =>
        {
            il.Append(il.Create(OpCodes.Ldc_I4, result));
            il.Append(il.Create(OpCodes.Ret));
        });

    private static void Change(string type, string method, string path, Action<ILProcessor> write)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(
            Path.Combine(AppContext.BaseDirectory, "EdgeBroker.Shared.dll"));
        MethodBody body = module.GetType(type).Methods.Single(m => m.Name == method).Body;
        body.Instructions.Clear();
        write(body.GetILProcessor());
        module.Write(path);
    }
}
