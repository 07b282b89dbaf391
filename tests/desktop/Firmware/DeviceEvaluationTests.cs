using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeBroker.Tests.Desktop.Structure;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>
/// The nanoFramework projects as MSBuild sees them where the extension is installed. Its targets
/// are played by three files that import Microsoft.CSharp.targets late, as the extension's do.
/// </summary>
[TestClass]
public sealed class DeviceEvaluationTests
{
    private static readonly string _folder =
        Directory.CreateTempSubdirectory("nfps").FullName + Path.DirectorySeparatorChar;

    private static readonly string[] _projects =
        [.. Repository.Files().Where(path => path.EndsWith(".nfproj", StringComparison.Ordinal))];

    private static Dictionary<string, JsonElement> _evaluated;

    [ClassInitialize]
    public static void Evaluate(TestContext context)
    {
        File.WriteAllText(_folder + "NFProjectSystem.Default.props", "<Project />");
        File.WriteAllText(_folder + "NFProjectSystem.props", "<Project />");
        File.WriteAllText(_folder + "NFProjectSystem.CSharp.targets", "<Project>"
            + "<Import Project=\"$(MSBuildToolsPath)/Microsoft.CSharp.targets\" /></Project>");
        (string Path, Process Process)[] running =
            [.. _projects.Select(path => (path, Start(path)))];
        _evaluated = running.ToDictionary(run => run.Path, run => Result(run.Process));
    }

    [ClassCleanup]
    public static void Remove() => Directory.Delete(_folder, true);

    [TestMethod]
    public void DeviceProjects_AreCompiledAsCSharp9()
    {
        Assert.HasCount(9, _projects);
        Offenders.AssertNone("language", _projects.Where(
            path => Value(path, "HasNanoFramework") != "true"
                || !Value(path, "LangVersion").StartsWith('9')));
    }

    [TestMethod]
    public void DeviceProjects_GetNothingOfDirectoryBuildProps()
    {
        string[] foreign = ["TargetFramework", "ImplicitUsings", "Nullable",
            "InvariantGlobalization", "SatelliteResourceLanguages"];
        Offenders.AssertNone("of .NET", _projects.SelectMany(path => foreign
            .Where(name => Value(path, name).Length > 0).Select(name => $"{path}: {name}")));
    }

    [TestMethod]
    public void DeviceProjects_KeepTheirOwnObjFolder() => Offenders.AssertNone(
        "shares obj/ with a project of .NET",
        _projects.Where(path => Value(path, "BaseIntermediateOutputPath").Replace('\\', '/')
            is "" or "obj/"));

    [TestMethod]
    public void RestoredPackages_AreNotSourceFiles() =>
        Assert.Contains("packages/", Repository.Read(".gitignore").Split('\n'));

    private static string Value(string path, string name) =>
        _evaluated[path].GetProperty("Properties").GetProperty(name).GetString();

    private static Process Start(string path)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "msbuild", Path.Combine(Repository.Root, path), "-nologo",
                "-p:NanoFrameworkProjectSystemPath=" + _folder,
                "-getProperty:LangVersion,TargetFramework,ImplicitUsings,Nullable,"
                    + "InvariantGlobalization,SatelliteResourceLanguages,HasNanoFramework,"
                    + "BaseIntermediateOutputPath",
            ])
        {
            RedirectStandardOutput = true,
        };

        // What the test host was started with is not for another MSBuild.
        start.Environment.Remove("MSBuildExtensionsPath");
        start.Environment.Remove("MSBuildSDKsPath");
        return Process.Start(start);
    }

    private static JsonElement Result(Process process)
    {
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, text);
        process.Dispose();
        return JsonDocument.Parse(text).RootElement;
    }
}
