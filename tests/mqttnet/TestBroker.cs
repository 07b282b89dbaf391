using System;
using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;

[assembly: DoNotParallelize]

namespace EdgeBroker.Tests.MqttNet;

/// <summary>The broker that all tests share: a simulator or the one that is named.</summary>
[TestClass]
public static class TestBroker
{
    /// <summary>Names a running broker as host:port.</summary>
    public const string Variable = "EDGEBROKER_TEST_BROKER";

    /// <summary>How long a test waits for what must come. A pass never depends on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static SimulatorProcess _process;

    /// <summary>Host name or address of the broker.</summary>
    public static string Host { get; private set; }

    /// <summary>TCP port of the broker.</summary>
    public static int Port { get; private set; }

    /// <summary>True where the environment names the broker, so that no test may stop it.</summary>
    public static bool IsExternal => !string.IsNullOrEmpty(Named());

    [AssemblyInitialize]
    public static void Start(TestContext context)
    {
        if (IsExternal)
        {
            string named = Named();
            int colon = named.LastIndexOf(':');
            Host = named.Substring(0, colon);
            Port = int.Parse(named.Substring(colon + 1), CultureInfo.InvariantCulture);
            return;
        }

        _process = SimulatorProcess.ServeWith();
        Host = "127.0.0.1";
        Port = _process.Port;
    }

    [AssemblyCleanup]
    public static void Stop()
    {
        _process?.Dispose();
    }

    /// <summary>A Topic Name of this one test, so that tests cannot hear each other.</summary>
    public static string NewTopic(string name)
    {
        return "mqttnet/" + name + "/" + Guid.NewGuid().ToString("N");
    }

    private static string Named()
    {
        return Environment.GetEnvironmentVariable(Variable);
    }
}
