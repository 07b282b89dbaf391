using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>
/// Finds the external clients. A test that needs an absent one is inconclusive and says in one
/// line what to install; with CI=true it fails, so that a build server skips nothing.
/// </summary>
internal static class InstalledTools
{
    private static readonly string _scripts = typeof(InstalledTools).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Scripts").Value;

    private static readonly Lazy<string> _python = new(FindPythonWithPaho);

    public static void RequireMosquittoClients()
    {
        Require(FindAll("mosquitto_sub").Any() && FindAll("mosquitto_pub").Any(),
            "needs mosquitto_sub: apt-get install mosquitto-clients");
        Require(FindAll("stdbuf").Any(), "needs stdbuf: apt-get install coreutils");
    }

    /// <summary>The broker mosquitto; Debian puts it where administrators look.</summary>
    public static string Mosquitto()
    {
        string path = FindAll("mosquitto").Append("/usr/sbin/mosquitto").First();
        Require(File.Exists(path), "needs mosquitto: apt-get install mosquitto");
        Require(FindAll("stdbuf").Any(), "needs stdbuf: apt-get install coreutils");
        return path;
    }

    /// <summary>The command line of the paho driver.</summary>
    public static string[] PahoDriver()
    {
        Require(_python.Value != null, "needs paho: apt-get install python3-paho-mqtt");
        return [_python.Value, Path.Combine(_scripts, "py", "driver.py")];
    }

    /// <summary>The command line of a sample in Python.</summary>
    public static string[] PythonSample(string script)
    {
        Require(_python.Value != null, "needs paho: apt-get install python3-paho-mqtt");
        return [_python.Value, Path.Combine(_scripts, "..", "..", "samples", "python", script)];
    }

    /// <summary>The command line of the MQTT.js driver.</summary>
    public static string[] MqttJsDriver()
    {
        string folder = Path.Combine(_scripts, "js");
        Require(FindAll("node").Any(), "needs node: apt-get install nodejs npm");
        Require(Directory.Exists(Path.Combine(folder, "node_modules", "mqtt")),
            "needs MQTT.js: npm ci --prefix tests/interop/js");
        return [FindAll("node").First(), Path.Combine(folder, "driver.mjs")];
    }

    private static void Require(bool found, string need)
    {
        if (found)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(need);
        }

        Assert.Inconclusive(need);
    }

    // The first python3 on the path may be one that knows nothing of the system's packages.
    private static string FindPythonWithPaho()
    {
        return FindAll("python3").Append("/usr/bin/python3").FirstOrDefault(
            python => File.Exists(python) && Succeeds(python, "-c", "import paho.mqtt.client"));
    }

    private static bool Succeeds(string fileName, params string[] arguments)
    {
        using var process = new LineProcess(fileName, arguments);
        return process.WaitForExit(TimeSpan.FromSeconds(10)) == 0;
    }

    private static IEnumerable<string> FindAll(string program)
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator)
            .SelectMany(folder => new[] { program, program + ".exe" },
                (folder, name) => Path.Combine(folder, name))
            .Where(File.Exists);
    }
}
