using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Lab.Check;

/// <summary>
/// The bugs of tests/planted can still be put in. That the laboratory finds them, its script shows.
/// </summary>
[TestClass]
public sealed class PlantedBugTests
{
    private const string Folder = "tests/planted";
    private const string Target = "+++ b/";
    private const int Bugs = 22;

    [TestMethod]
    public void EveryPatch_StillFitsTheSources()
    {
        string[] patches = [.. Patches()];
        Assert.HasCount(Bugs, patches);
        Offenders.AssertNone("planted bugs", patches.SelectMany(Misfits));
    }

    [TestMethod]
    public void EveryPatch_SaysWhatItIsAndWhoFindsIt() => Offenders.AssertNone(
        "planted bugs", Patches().Where(patch =>
        {
            string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, patch));
            return !lines[0].EndsWith('.') || !lines[1].StartsWith("Found by: ");
        }));

    [TestMethod]
    public void APatchWhoseLinesHaveChanged_IsSeen()
    {
        string[] patch = ["+++ b/shared/Broker/SlotQueue.cs", "@@ -1,2 +1,1 @@",
            " namespace EdgeBroker.Broker", "-no such line"];
        Assert.IsNotEmpty(Misfits("made up", patch));
    }

    private static IEnumerable<string> Patches() =>
        Repository.Files(Folder).Where(path => path.EndsWith(".patch", StringComparison.Ordinal));

    private static IEnumerable<string> Misfits(string patch) =>
        Misfits(patch, File.ReadAllLines(Path.Combine(Repository.Root, patch)));

    private static List<string> Misfits(string name, string[] patch)
    {
        var misfits = new List<string>();
        string path = patch.Single(line => line.StartsWith(Target))[Target.Length..];
        string source = string.Join('\n', File.ReadAllLines(Path.Combine(Repository.Root, path)));
        for (int at = 0; at < patch.Length; at++)
        {
            if (patch[at].StartsWith("@@ "))
            {
                string old = string.Join('\n', patch.Skip(at + 1)
                    .TakeWhile(line => !line.StartsWith("@@ "))
                    .Where(line => line is [' ' or '-', ..])
                    .Select(line => line[1..]));
                if (!source.Contains(old, StringComparison.Ordinal))
                {
                    misfits.Add($"{name}: {path} has changed where the bug was; make it anew");
                }
            }
        }

        return misfits;
    }
}
