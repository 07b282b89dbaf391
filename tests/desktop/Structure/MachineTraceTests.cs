using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>No file tells on which machine it was written.</summary>
[TestClass]
public sealed class MachineTraceTests
{
    [TestMethod]
    public void Files_HoldNoMachinePathsAndNoFeeds()
    {
        string[] texts =
            [.. Repository.Files().Select(path => (path, text: Repository.Read(path)))
                .Where(file => !file.text.Contains('\0'))
                .SelectMany(file => MachineTraces.Check(file.path, file.text))];
        Assert.IsNotEmpty(Repository.Files());
        Offenders.AssertNone("traces of a machine", texts);
    }

    [TestMethod]
    [DataRow("out /", "home/ann/x", "path of a machine")]
    [DataRow("\"/", "root/.nuget", "path of a machine")]
    [DataRow("C:\\", "Users\\ann", "path of a machine")]
    [DataRow("https://", "registry.example.org/a", "address of a package feed")]
    [DataRow("http://", "feed.example.org/v3/index.json", "address of a package feed")]
    public void Trace_IsSeen(string start, string end, string expected) => Offenders.AssertFinds(
        MachineTraces.Check("a.md", "\n" + start + end), "a.md:2: " + expected);

    [TestMethod]
    [DataRow("https://example.org/home/page")]
    [DataRow("http://schemas.microsoft.com/developer/msbuild/2003")]
    [DataRow("sensors/home/kitchen")]
    public void OtherText_IsAllowed(string text) =>
        Assert.IsFalse(MachineTraces.Check("a.md", text).Any());

    [TestMethod]
    public void BuildOutput_IsNotLookedAt() => Assert.IsFalse(
        Repository.Files().Any(path => path.Split('/').Any(part => part is "bin" or "obj" or ".git")
            || Path.IsPathRooted(path)));
}
