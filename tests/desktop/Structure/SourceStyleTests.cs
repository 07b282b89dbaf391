using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The style of the C# files, so that it is checked and not argued about.</summary>
[TestClass]
public sealed class SourceStyleTests
{
    private static readonly string[] _everywhere =
        ["shared", "boards", "firmware", "simulator", "tests"];

    /// <summary>
    /// Functions of the shared code that may be longer than a screen, each with its reason: calls
    /// cost 40 ns on the PC's interpreter and some hundred times that on a board, so a hot path
    /// may stay in one piece.
    /// </summary>
    private static readonly Dictionary<string, string> _longFunctions = new()
    {
        ["PublishPacket.Decode"] = "runs for every message; its locals would become arguments",
    };

    [TestMethod]
    public void Lines_FitInto100Columns() => Check(SourceStyle.Columns, _everywhere);

    [TestMethod]
    public void Files_HoldNoTabsAndEndWithOneLineFeed() =>
        Check(SourceStyle.Whitespace, _everywhere);

    [TestMethod]
    public void Files_HaveNoRegions() => Check(SourceStyle.Regions, _everywhere);

    [TestMethod]
    public void SharedAndBoards_HaveNoConditionalCompilation() =>
        Check(SourceStyle.Conditions, "shared", "boards");

    [TestMethod]
    public void SharedTests_AreConditionalInTheirUsingsOnly() =>
        Check(SourceStyle.ConditionsButUsings, "tests/shared");

    [TestMethod]
    public void Files_HoldOneTypeNamedLikeThem() =>
        Check(SourceStyle.OneTypePerFile, _everywhere);

    [TestMethod]
    public void Fields_AreNamedByTheHouseStyle() => Check(SourceStyle.FieldNames, _everywhere);

    [TestMethod]
    public void Classes_AreSealedStaticOrAbstract() => Check(SourceStyle.OpenClasses, _everywhere);

    [TestMethod]
    public void Braces_StandOnTheirOwnLines() => Check(SourceStyle.Braces, _everywhere);

    [TestMethod]
    public void SharedFiles_HaveAtMost340Lines() => Check(SourceStyle.FileLength, "shared");

    [TestMethod]
    public void SharedFunctions_FitAScreen()
    {
        IEnumerable<string> found =
            Repository.Sources("shared").SelectMany(SourceStyle.FunctionLength);
        Offenders.AssertNone("functions too long", Offenders.Except(found, _longFunctions));
    }

    [TestMethod]
    public void SharedPublicMembers_AreDocumented() => Offenders.AssertNone(
        "without XML comment", SourceStyle.Undocumented(Repository.Sources("shared")));

    [TestMethod]
    public void Outline_KnowsEveryMemberThatTheCompilerKnows()
    {
        HashSet<string> outlined =
            [.. Repository.Sources("shared").SelectMany(f => f.Declarations)
                .Select(d => d.FullName)];
        string[] compiled =
        [
            .. Il.Modules("EdgeBroker.Shared").SelectMany(Il.Types)
                .Where(t => !t.FullName.Contains('<') && t.BaseType?.Name != "MulticastDelegate")
                .SelectMany(t => t.Fields.Select(f => f.Name)
                    .Concat(t.Methods.Where(m => !m.IsSpecialName).Select(m => m.Name))
                    .Where(name => !name.Contains('<') && !t.IsEnum)
                    .Select(name => Within(t) + "." + name)),
        ];
        Assert.IsNotEmpty(compiled);
        Offenders.AssertNone("unseen", compiled.Where(member => !outlined.Contains(member)));
    }

    private static string Within(TypeReference type) =>
        type.DeclaringType == null ? type.Name : Within(type.DeclaringType) + "." + type.Name;

    private static void Check(
        Func<SourceText, IEnumerable<string>> rule, params string[] folders)
    {
        Offenders.AssertNone(rule.Method.Name, Repository.Sources(folders).SelectMany(rule));
    }
}
