using System.Linq;
using System.Text.RegularExpressions;
using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>
/// The version number is that of Directory.Build.props. Where nanoFramework or a reader needs it
/// again, it is held to that one.
/// </summary>
[TestClass]
public sealed class VersionTests
{
    private static string Version =>
        Regex.Match(Repository.Read("Directory.Build.props"), "<Version>(.*)</Version>")
            .Groups[1].Value;

    [TestMethod]
    public void Core_HasTheVersion()
    {
        StringAssert.EndsWith(MqttBroker.Version, " version " + Version);
    }

    [TestMethod]
    public void Firmware_HasTheVersion()
    {
        string[] found = [.. Regex.Matches(Repository.Read("firmware/Properties/AssemblyInfo.cs"),
            "Assembly(?:File)?Version\\(\"(.*)\"\\)").Select(match => match.Groups[1].Value)];
        CollectionAssert.AreEqual(new[] { Version + ".0", Version + ".0" }, found);
    }

    [TestMethod]
    public void Documents_ShowTheVersion()
    {
        foreach (string path in (string[])["docs/hardware.md", "docs/simulator.md"])
        {
            string[] found = [.. Regex
                .Matches(Repository.Read(path), "EdgeBroker version ([0-9.]+)")
                .Select(match => match.Groups[1].Value)];
            Assert.IsNotEmpty(found, path);
            Assert.IsTrue(found.All(version => version == Version), path);
        }
    }
}
