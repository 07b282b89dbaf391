using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>The lists from which desktop and device compile the same files.</summary>
[TestClass]
public sealed class ProjectItemsTests
{
    private const string Head = "<Project><ItemGroup>";
    private const string ClientFolder = "Codec/Client/";
    private const string ClientItems = "EdgeBroker.Shared.Client.projitems";
    private const string Tail = "</ItemGroup></Project>";
    private const string A = "<Compile Include=\"$(MSBuildThisFileDirectory)Codec\\A.cs\" />";
    private const string B = "<Compile Include=\"$(MSBuildThisFileDirectory)Codec/B.cs\" />";

    [TestMethod]
    [DataRow("shared", "EdgeBroker.Shared.projitems", false)]
    [DataRow("shared", ClientItems, true)]
    [DataRow("tests/shared", "EdgeBroker.Tests.Shared.projitems", false)]
    public void Projitems_ListEveryFileOnce(string folder, string name, bool isClientHalf)
    {
        string[] files =
        [
            .. Repository.Files(folder)
                .Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
                .Select(path => path[(folder.Length + 1)..])
                .Where(path => path.StartsWith(ClientFolder) == isClientHalf),
        ];
        string list = Path.Combine(folder, name);
        Assert.IsTrue(File.Exists(Path.Combine(Repository.Root, list)), $"{list} is missing");
        Offenders.AssertNone(list, ProjectItems.Check(Repository.Read(list), files));
    }

    [TestMethod]
    public void SharedTests_AreInAProjectOfTheDevice()
    {
        string[] included =
        [
            .. Repository.Files("tests/device")
                .Where(path => path.EndsWith(".nfproj", StringComparison.Ordinal))
                .SelectMany(path => XDocument.Parse(Repository.Read(path)).Descendants())
                .Where(e => e.Name.LocalName == "Compile")
                .Select(e => ((string)e.Attribute("Include")).Replace("../../", "tests/")),
        ];
        Offenders.AssertNone("in no project of tests/device", Repository.Files("tests/shared")
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Except(included));
    }

    [TestMethod]
    public void ClientHalf_GoesIntoThePcLibraryAndTheCodecTestsOnly()
    {
        string[] expected =
        [
            "shared/EdgeBroker.Shared.csproj",
            "tests/device/Codec/EdgeBroker.Tests.Device.Codec.nfproj",
        ];
        string[] importers =
        [
            .. Repository.Files().Where(path => path.EndsWith("proj") || path.EndsWith("items"))
                .Where(path => XDocument.Parse(Repository.Read(path)).Descendants()
                    .Any(e => e.Name.LocalName == "Import"
                        && ((string)e.Attribute("Project")).EndsWith(ClientItems))),
        ];
        CollectionAssert.AreEqual(expected, importers);
    }

    [TestMethod]
    [DataRow(A, "Codec/B.cs is not listed")]
    [DataRow(A + B + A, "Codec/A.cs is listed 2 times")]
    [DataRow("<Compile Include=\"$(MSBuildThisFileDirectory)**\\*.cs\" />", "*.cs is a pattern")]
    [DataRow("<Compile Include=\"$(MSBuildThisFileDirectory)Gone.cs\" />", "Gone.cs is listed and")]
    [DataRow("<Compile Include=\"Codec\\A.cs\" />", "(without $(MSBuildThisFileDirectory))")]
    [DataRow("<Compile Remove=\"Codec\\A.cs\" />", "is not a plain Include")]
    public void BadList_IsSeen(string items, string expected) => Offenders.AssertFinds(
        ProjectItems.Check(Head + items + Tail, ["Codec/A.cs", "Codec/B.cs"]), expected);

    [TestMethod]
    public void GoodList_IsAllowed() => Offenders.AssertNone("clean sample", ProjectItems.Check(
        Head + A + B + Tail, ["Codec/A.cs", "Codec/B.cs"]));
}
