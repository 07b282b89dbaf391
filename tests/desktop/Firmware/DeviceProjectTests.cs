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
    public void PackagesConfig_RepeatsTheVersionsOfNfProps()
    {
        HashSet<string> pinned =
        [
            .. XDocument.Parse(Repository.Read("nf.props")).Descendants()
                .Where(e => e.Name.LocalName.StartsWith("Nano")
                    && e.Name.LocalName.EndsWith("Version"))
                .Select(e => e.Value),
        ];
        foreach (XElement package in Packages())
        {
            Assert.Contains((string)package.Attribute("version"), pinned,
                $"{package} is not what nf.props says");
        }
    }

    [TestMethod]
    public void Project_RefersToEveryPackageWithItsVersion()
    {
        XElement[] project = [.. XDocument.Parse(
            Repository.Read("firmware/EdgeBroker.Firmware.nfproj")).Descendants()];
        Dictionary<string, string> versions =
            XDocument.Parse(Repository.Read("nf.props")).Descendants()
                .Where(e => e.Name.LocalName.EndsWith("Version"))
                .GroupBy(e => e.Name.LocalName)
                .ToDictionary(group => group.Key, group => group.Last().Value);
        string[] hints =
        [
            .. project.Where(e => e.Name.LocalName == "HintPath").Select(e => versions.Aggregate(
                e.Value, (path, pair) => path.Replace($"$({pair.Key})", pair.Value))),
        ];
        foreach (XElement package in Packages())
        {
            string folder = $"$(NanoPackages){package.Attribute("id").Value}"
                + $".{package.Attribute("version").Value}/lib/";
            Assert.IsTrue(hints.Any(hint => hint.StartsWith(folder)), $"no reference to {folder}");
        }

        Assert.HasCount(Packages().Length, hints);
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

    private static XElement[] Packages() =>
        [.. XDocument.Parse(Repository.Read("firmware/packages.config")).Root.Elements()];
}
