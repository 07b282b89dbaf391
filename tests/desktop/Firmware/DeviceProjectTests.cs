using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>The nanoFramework project, which most machines cannot build, holds together.</summary>
[TestClass]
public sealed class DeviceProjectTests
{
    [TestMethod]
    [DataRow("firmware/EdgeBroker.Firmware.nfproj")]
    [DataRow("samples/nanoframework/SensorNode.nfproj")]
    public void PackagesConfig_RepeatsTheVersionsOfTheProject(string project)
    {
        HashSet<string> pinned = [.. Versions(project).Values];
        foreach (XElement package in Packages(project))
        {
            Assert.Contains((string)package.Attribute("version"), pinned,
                $"{package} is not what nf.props says");
        }
    }

    [TestMethod]
    [DataRow("firmware/EdgeBroker.Firmware.nfproj", 0)]
    // One package of the sample's holds two assemblies.
    [DataRow("samples/nanoframework/SensorNode.nfproj", 1)]
    public void Project_RefersToEveryPackageWithItsVersion(string project, int more)
    {
        Dictionary<string, string> versions = Versions(project);
        string[] hints =
        [
            .. XDocument.Parse(Repository.Read(project)).Descendants()
                .Where(e => e.Name.LocalName == "HintPath")
                .Select(e => versions.Aggregate(
                    e.Value, (path, pair) => path.Replace($"$({pair.Key})", pair.Value))),
        ];
        foreach (XElement package in Packages(project))
        {
            string folder = $"$(NanoPackages){package.Attribute("id").Value}"
                + $".{package.Attribute("version").Value}/lib/";
            Assert.IsTrue(hints.Any(hint => hint.StartsWith(folder)), $"no reference to {folder}");
        }

        Assert.HasCount(Packages(project).Length + more, hints);
    }

    [TestMethod]
    public void Project_CompilesSharedBoardsAndFirmware()
    {
        string text = Repository.Read("firmware/EdgeBroker.Firmware.nfproj");
        StringAssert.Contains(text, "../shared/EdgeBroker.Shared.projitems");
        StringAssert.Contains(text, "../boards/EdgeBroker.Boards.projitems");
        StringAssert.Contains(text, "\"EdgeBroker.Firmware.projitems\"");
        StringAssert.Contains(text, "{11A8DD76-328B-46DF-9F39-F559912D0360}");
    }

    private static Dictionary<string, string> Versions(string project) =>
        new[] { "nf.props", project }
            .SelectMany(file => XDocument.Parse(Repository.Read(file)).Descendants())
            .Where(e => e.Name.LocalName.StartsWith("Nano")
                && e.Name.LocalName.EndsWith("Version"))
            .GroupBy(e => e.Name.LocalName)
            .ToDictionary(group => group.Key, group => group.Last().Value);

    private static XElement[] Packages(string project)
    {
        string list = project[..(project.LastIndexOf('/') + 1)] + "packages.config";
        return [.. XDocument.Parse(Repository.Read(list)).Root.Elements()];
    }
}
