using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The shared core keeps the rules that it gives itself.</summary>
[TestClass]
public sealed class CoreDisciplineTests
{
    /// <summary>Members that may allocate after start-up, each with its reason.</summary>
    private static readonly Dictionary<string, string> _allocations = [];

    [TestMethod]
    public void Core_ThrowsAtStartUpOnly() => Check(CoreDiscipline.Throws);

    [TestMethod]
    public void Core_AllocatesAtStartUpOnly() =>
        Check(types => Offenders.Except(CoreDiscipline.Allocations(types), _allocations));

    [TestMethod]
    public void Core_BoxesNothing() => Check(CoreDiscipline.Boxing);

    [TestMethod]
    public void Core_BuildsStringsAtStartUpOnly() =>
        Check(CoreDiscipline.TextBuilding);

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
