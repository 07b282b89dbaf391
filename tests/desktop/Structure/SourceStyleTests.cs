using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The style of the C# files, so that it is checked and not argued about.</summary>
[TestClass]
public sealed class SourceStyleTests
{
    private static readonly string[] _everywhere =
        ["shared", "boards", "firmware", "simulator", "samples", "tests"];

    /// <summary>
    /// Functions that may be longer than a screen, each with its reason: in the shared code calls
    /// cost 40 ns on the PC's interpreter and some hundred times that on a board, so a hot path
    /// may stay in one piece.
    /// </summary>
    private static readonly Dictionary<string, string> _longFunctions = new()
    {
        ["MosquittoKeywords.All"] = "a table, a line for each keyword of mosquitto.conf",
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
    public void Files_HaveAtMost260Lines() => Offenders.AssertNone(
        "files too long",
        Repository.Sources("shared", "simulator").SelectMany(SourceStyle.FileLength));

    [TestMethod]
    public void Functions_FitAScreen() => Offenders.AssertNone(
        "functions too long",
        Offenders.Except(
            Repository.Sources("shared", "simulator").SelectMany(SourceStyle.FunctionLength),
            _longFunctions));

    [TestMethod]
    public void SharedPublicMembers_AreDocumented() => Offenders.AssertNone(
        "without XML comment", SourceStyle.Undocumented(Repository.Sources("shared")));

    private static void Check(
        Func<SourceText, IEnumerable<string>> rule, params string[] folders)
    {
        Offenders.AssertNone(rule.Method.Name, Repository.Sources(folders).SelectMany(rule));
    }
}
