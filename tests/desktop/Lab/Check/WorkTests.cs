using System;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Plans;
using EdgeBroker.Simulator.Lab.Run;
using EdgeBroker.Simulator.Lab.Weaving;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Tests.Desktop.Lab.Check;

/// <summary>A simulation fails when a part of the core does more than its verbs may.</summary>
[TestClass]
public sealed class WorkTests
{
    private const int Turns = 10_000;

    [TestMethod]
    [DataRow("EdgeBroker.Broker.Deadlines", "Next", "Tick took")]
    [DataRow("EdgeBroker.Broker.PacketWriter", "Write", "Transmit took")]
    [DataRow("EdgeBroker.Topics.SubscriptionTable", "LookUp", " took")]
    [DataRow("EdgeBroker.Broker.OutboundQueues", "Open", "Open took")]
    [DataRow("EdgeBroker.Broker.ConnectionTable", "Give", "Close took")]
    public void MethodWithALongLoop_IsFound(string type, string method, string expected)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string core = Path.Combine(folder, "EdgeBroker.Shared.dll");
            Slow(type, method, core);
            Scenario scenario = ScenarioMaker.Make(PlanFile.Load("storm"), 1);
            var outcome = Outcome.Read((string)new WovenLab(core).Call(
                typeof(SimulationWorker), nameof(SimulationWorker.Play),
                PlanFile.Text("", scenario), null, null)!);
            Assert.AreEqual("work", outcome.Checker, outcome.What);
            StringAssert.Contains(outcome.What, expected);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>Has a method count to Turns first.</summary>
    private static void Slow(string type, string method, string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(
            Path.Combine(AppContext.BaseDirectory, "EdgeBroker.Shared.dll"));
        MethodBody body = module.GetType(type).Methods.Single(m => m.Name == method).Body;
        var turn = new VariableDefinition(module.TypeSystem.Int32);
        body.Variables.Add(turn);
        body.InitLocals = true;
        ILProcessor il = body.GetILProcessor();
        Instruction first = body.Instructions[0];
        Instruction loop = il.Create(OpCodes.Ldloc, turn);
        foreach (Instruction added in new[]
        {
            loop, il.Create(OpCodes.Ldc_I4_1), il.Create(OpCodes.Add),
            il.Create(OpCodes.Stloc, turn), il.Create(OpCodes.Ldloc, turn),
            il.Create(OpCodes.Ldc_I4, Turns), il.Create(OpCodes.Blt, loop),
        })
        {
            il.InsertBefore(first, added);
        }

        module.Write(path);
    }
}
