using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The shared core keeps the rules that it gives itself.</summary>
[TestClass]
public sealed class CoreDisciplineTests
{
    /// <summary>What may throw, and build its message, after start-up.</summary>
    private static readonly Dictionary<string, string> _misuse = new()
    {
        ["EdgeBroker.Broker.Misuse::"] = "a host that breaks the contract is a bug of its own",
    };

    [TestMethod]
    public void Core_ThrowsAtStartUpAndForMisuseOnly() =>
        Check(types => Offenders.Except(CoreDiscipline.Throws(types), _misuse));

    [TestMethod]
    public void Core_AllocatesAtStartUpAndForMisuseOnly() =>
        Check(types => Offenders.Except(CoreDiscipline.Allocations(types), _misuse));

    [TestMethod]
    public void Misuse_DoesNothingButThrow()
    {
        TypeDefinition misuse = Il.Modules("EdgeBroker.Shared").SelectMany(Il.Types)
            .Single(type => type.FullName == "EdgeBroker.Broker.Misuse");
        Assert.IsFalse(misuse.HasFields, "fields");
        Offenders.AssertNone("functions that return", misuse.Methods
            .Where(m => Il.Body(m).Any(i => i.OpCode == OpCodes.Ret)).Select(m => m.FullName));
    }

    [TestMethod]
    public void Core_BoxesNothing() => Check(CoreDiscipline.Boxing);

    [TestMethod]
    public void Core_BuildsStringsAtStartUpAndForMisuseOnly() =>
        Check(types => Offenders.Except(CoreDiscipline.TextBuilding(types), _misuse));

    [TestMethod]
    public void Core_EnumeratesNoCollections() => Check(CoreDiscipline.Enumerators);

    [TestMethod]
    public void Core_SeesNoSocketFileThreadClockRandomOrConsole() =>
        Check(CoreDiscipline.HostTypes);

    private static void Check(Func<IEnumerable<TypeDefinition>, IEnumerable<string>> rule)
    {
        TypeDefinition[] types = [.. Il.Modules("EdgeBroker.Shared").SelectMany(Il.Types)
            .Where(type => !Il.IsCompilerData(type))];
        Assert.IsNotEmpty(types);
        Offenders.AssertNone("the core's discipline", rule(types));
    }
}
