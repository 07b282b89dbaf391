using System;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>What is shipped beside the program names files and options that exist.</summary>
[TestClass]
public sealed class PackagingTests
{
    private const string Unit = "packaging/edgebroker.service";

    [TestMethod]
    public void SystemdUnit_IsAcceptedBySystemd()
    {
        const string Verifier = "/usr/bin/systemd-analyze";
        if (!File.Exists(Verifier))
        {
            Assert.Inconclusive("needs systemd-analyze: apt-get install systemd");
        }

        // systemd wants to see the program, which is not installed here.
        string folder = Directory.CreateTempSubdirectory("unit").FullName;
        string copy = Path.Combine(folder, "edgebroker.service");
        File.WriteAllText(
            copy, Repository.Read(Unit).Replace("/usr/local/bin/edgebroker", "/bin/true"));
        using var verify = new LineProcess(Verifier, ["verify", copy]);
        int exitCode = verify.WaitForExit(TimeSpan.FromSeconds(30));
        Directory.Delete(folder, true);
        Assert.AreEqual(0, exitCode, verify.Transcript);
        Assert.IsEmpty(verify.Errors);
    }

    [TestMethod]
    [DataRow("packaging/edgebroker.conf")]
    [DataRow("packaging/container.conf")]
    public void ConfigurationFile_StartsTheBroker(string file)
    {
        // A port that is free, in place of the one that somebody may serve on.
        string[] settings = [.. Repository.Read(file).Split('\n')
            .Select(line => line.Replace("listener 1883", "listener 0"))];
        using SimulatorProcess simulator = SimulatorProcess.Start(settings, "serve", "--plain");
        simulator.WaitForLine(line => line.StartsWith("listening on "));
    }

    [TestMethod]
    [DataRow(Unit)]
    [DataRow("packaging/Containerfile")]
    public void Options_ExistInTheHelp(string file)
    {
        string[] options = [.. Repository.Read(file).Split('\n')
            .Where(line => line.StartsWith("ExecStart=") || line.StartsWith("ENTRYPOINT"))
            .SelectMany(line => line.Split([' ', '"'])).Where(word => word.StartsWith("--"))];
        using SimulatorProcess help = SimulatorProcess.Start(null, "serve", "--help");
        help.WaitForExit();
        Assert.IsNotEmpty(options);
        Offenders.AssertNone("unknown options", options
            .Where(option => !help.Output.Any(line => line.Contains(option))));
    }

    [TestMethod]
    public void Compose_MountsAndBuildsFilesThatExist()
    {
        string text = Repository.Read("packaging/compose.yaml");
        foreach (string path in new[] { "packaging/Containerfile", "packaging/container.conf" })
        {
            StringAssert.Contains(text, Path.GetFileName(path));
            Assert.IsTrue(File.Exists(Path.Combine(Repository.Root, path)), path);
        }

        StringAssert.Contains(text, "\"127.0.0.1:1883:1883\"", "this computer only");
    }
}
