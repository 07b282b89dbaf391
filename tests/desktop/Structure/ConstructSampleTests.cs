using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>Shows that each rule over compiled code sees its offender and nothing else.</summary>
[TestClass]
public sealed class ConstructSampleTests
{
    private static readonly Dictionary<
        string, Func<IEnumerable<TypeDefinition>, IEnumerable<string>>> _rules = new()
        {
            ["Generics"] = DeviceConstructs.Generics,
            ["OwnValueTypes"] = DeviceConstructs.OwnValueTypes,
            ["MultiDimensionalArrays"] = DeviceConstructs.MultiDimensionalArrays,
            ["Pointers"] = DeviceConstructs.Pointers,
            ["InterfaceBodies"] = DeviceConstructs.InterfaceBodies,
            ["BrokenOpCodes"] = DeviceConstructs.BrokenOpCodes,
            ["StateMachines"] = DeviceConstructs.StateMachines,
            ["AbsentTypes"] = DeviceConstructs.AbsentTypes,
            ["Oversize"] = DeviceConstructs.Oversize,
            ["Throws"] = CoreDiscipline.Throws,
            ["Allocations"] = CoreDiscipline.Allocations,
            ["Boxing"] = CoreDiscipline.Boxing,
            ["TextBuilding"] = CoreDiscipline.TextBuilding,
            ["Enumerators"] = CoreDiscipline.Enumerators,
            ["HostTypes"] = CoreDiscipline.HostTypes,
        };

    [TestMethod]
    [DataRow("Generics", "GenericType`1: generic type")]
    [DataRow("Generics", "::GenericMethod: generic method")]
    [DataRow("Generics", "::CallsGeneric: instantiates")]
    [DataRow("Generics", "::_list: instantiates")]
    [DataRow("OwnValueTypes", "BadConstructs/Struct: value type")]
    [DataRow("MultiDimensionalArrays", "::_grid: array")]
    [DataRow("MultiDimensionalArrays", "::ReadsGrid: array")]
    [DataRow("Pointers", "::TakesPointer: pointer")]
    [DataRow("Pointers", "::Fixes: pinned local")]
    [DataRow("Pointers", "::CallsPointer: pointer")]
    [DataRow("InterfaceBodies", "IDefault::Speak: interface member")]
    [DataRow("BrokenOpCodes", "::Adds: instruction add.ovf")]
    [DataRow("BrokenOpCodes", "::Converts: instruction conv.ovf.u1")]
    [DataRow("BrokenOpCodes", "::Stacks: instruction localloc")]
    [DataRow("BrokenOpCodes", "::CallsPointer: instruction calli")]
    [DataRow("BrokenOpCodes", "::ReadsVolatile: instruction volatile.")]
    [DataRow("BrokenOpCodes", "::Refers: instruction mkrefany")]
    [DataRow("BrokenOpCodes", "::Refers: instruction refanytype")]
    [DataRow("StateMachines", "/<Waits>")]
    [DataRow("StateMachines", "/<Counts>")]
    [DataRow("AbsentTypes", "::Prices: System.Decimal")]
    [DataRow("AbsentTypes", "::Spans: System.ReadOnlySpan`1")]
    [DataRow("AbsentTypes", "::Maybe: System.Nullable`1")]
    [DataRow("AbsentTypes", "::_perThread: System.ThreadStaticAttribute")]
    [DataRow("Throws", "::Refuses: throws")]
    [DataRow("Throws", "::Refuse: throws")]
    [DataRow("Allocations", "::MakesObject: allocates System.Void System.Object::.ctor()")]
    [DataRow("Allocations", "::MakesArray: allocates System.Byte")]
    [DataRow("Allocations", "::MakesDelegate: allocates")]
    [DataRow("Allocations", "::MakesUnthrown: allocates System.Void System.Exception")]
    [DataRow("Boxing", "::Boxes: boxes System.Int32")]
    [DataRow("TextBuilding", "::Joins: builds a string System.String System.String::Concat")]
    [DataRow("TextBuilding", "::Formats: builds a string")]
    [DataRow("TextBuilding", "::Interpolates: builds a string")]
    [DataRow("Enumerators", "::Enumerates: enumerates")]
    [DataRow("HostTypes", "::Locks: sees System.Threading.Monitor")]
    [DataRow("HostTypes", "::Clock: sees System.DateTime")]
    [DataRow("HostTypes", "::Ticks: sees System.Environment")]
    [DataRow("HostTypes", "::Dice: sees System.Random")]
    [DataRow("HostTypes", "::Prints: sees System.Console")]
    [DataRow("HostTypes", "::_socket: sees System.Net.Sockets.Socket")]
    [DataRow("HostTypes", "::Reads: sees System.IO.File")]
    public void BadConstruct_IsSeen(string rule, string expected) => Offenders.AssertFinds(
        _rules[rule](Il.Sample(typeof(Samples.BadConstructs))), expected);

    [TestMethod]
    public void BadConstruct_IsSeenWithItsLine() => Offenders.AssertFinds(
        CoreDiscipline.Throws(Il.Sample(typeof(Samples.BadConstructs))),
        "tests/desktop/Structure/Samples/BadConstructs.cs:");

    [TestMethod]
    public void GoodConstructs_OffendNoRule()
    {
        TypeDefinition[] sample = Il.Sample(typeof(Samples.GoodConstructs));
        Assert.IsNotEmpty(sample);
        Offenders.AssertNone("clean sample", _rules.Values.SelectMany(rule => rule(sample)));
    }

    [TestMethod]
    public void ArrayDataOfTheCompiler_IsNoStructOfOurs()
    {
        TypeDefinition[] data =
        [
            .. Il.Types(Il.Modules("EdgeBroker.Tests.Desktop").Single()).Where(Il.IsCompilerData),
        ];
        Assert.Contains(type => type.IsValueType, data);
        Assert.IsFalse(DeviceConstructs.OwnValueTypes(data).Any());
    }

    // C# has no way to write most of these, so the methods are put together here.
    [TestMethod]
    [DataRow("jmp")]
    [DataRow("cpblk")]
    [DataRow("initblk")]
    [DataRow("tail.")]
    [DataRow("mul.ovf.un")]
    [DataRow("sub.ovf")]
    [DataRow("conv.ovf.i8.un")]
    [DataRow("arglist")]
    [DataRow("refanyval")]
    public void BrokenInstruction_IsSeen(string name)
    {
        (TypeDefinition type, MethodDefinition method) = Made(1);
        OpCode code = typeof(OpCodes).GetFields().Select(field => field.GetValue(null))
            .OfType<OpCode>().Single(candidate => candidate.Name == name);
        Instruction instruction = Instruction.Create(OpCodes.Nop);
        instruction.OpCode = code;
        method.Body.Instructions.Add(instruction);
        Offenders.AssertFinds(
            DeviceConstructs.BrokenOpCodes([type]), "Made::Method: instruction " + name);
    }

    [TestMethod]
    public void OversizeMethod_IsSeen()
    {
        Assert.IsFalse(DeviceConstructs.Oversize([Made(255).Type]).Any());
        Offenders.AssertFinds(
            DeviceConstructs.Oversize([Made(256).Type]), "Made::Method: 256 arguments");

        (TypeDefinition locals, MethodDefinition method) = Made(1);
        for (int i = 0; i < 256; i++)
        {
            method.Body.Variables.Add(new VariableDefinition(method.Module.TypeSystem.Int32));
        }

        Offenders.AssertFinds(DeviceConstructs.Oversize([locals]), "1 arguments, 256 locals");

        (TypeDefinition stack, method) = Made(1);
        method.Body.MaxStackSize = 256;
        Offenders.AssertFinds(DeviceConstructs.Oversize([stack]), "256 stack slots");
    }

    [TestMethod]
    public void Exceptions_ExcuseOnlyWhatIsStillFoundAndSayWhy()
    {
        string[] found = ["a.cs:1: method A.B has 90 lines", "a.cs:2: method A.C has 90 lines"];
        string[] left =
        [
            .. Offenders.Except(found, new Dictionary<string, string>
            {
                ["A.B"] = "hot path", ["A.D"] = "gone", ["A.C"] = " ",
            }),
        ];
        Assert.HasCount(2, left);
        Offenders.AssertFinds(left, "A.D is no longer needed");
        Offenders.AssertFinds(left, "A.C gives no reason");
    }

    private static (TypeDefinition Type, MethodDefinition Method) Made(int parameters)
    {
        ModuleDefinition module = ModuleDefinition.CreateModule("Made", ModuleKind.Dll);
        TypeDefinition type = new("", "Made", TypeAttributes.Class);
        MethodDefinition method =
            new("Method", MethodAttributes.Static, module.TypeSystem.Void);
        for (int i = 0; i < parameters; i++)
        {
            method.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32));
        }

        type.Methods.Add(method);
        module.Types.Add(type);
        return (type, method);
    }
}
