using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>
/// The simulator as a process on a free port of 127.0.0.1. With the environment variable
/// EDGEBROKER_TEST_BROKER=host:port the tests use the broker that runs there instead: a board,
/// a simulator under a debugger, or another broker to compare with. Tests that must stop or
/// configure the broker are then inconclusive.
/// </summary>
internal sealed class BrokerUnderTest : IDisposable
{
    private SimulatorProcess _process;

    private BrokerUnderTest()
    {
    }

    public string Host { get; private init; }

    public int Port { get; private init; }

    public string Transcript => _process?.Transcript ?? $"broker at {Host}:{Port}";

    private static string Foreign => Environment.GetEnvironmentVariable("EDGEBROKER_TEST_BROKER");

    /// <summary>A broker with default settings, or the one the environment names.</summary>
    public static BrokerUnderTest StartOrUseForeign()
    {
        if (string.IsNullOrEmpty(Foreign))
        {
            return Start();
        }

        int colon = Foreign.LastIndexOf(':');
        return At(Foreign.Substring(0, colon), int.Parse(Foreign.Substring(colon + 1)));
    }

    /// <summary>A broker that runs already.</summary>
    public static BrokerUnderTest At(string host, int port)
    {
        return new BrokerUnderTest { Host = host, Port = port };
    }

    /// <summary>A broker that belongs to the calling test.</summary>
    /// <param name="settings">Lines of the configuration file; none means no file.</param>
    public static BrokerUnderTest Start(params string[] settings)
    {
        if (!string.IsNullOrEmpty(Foreign))
        {
            Assert.Inconclusive("needs a broker of its own: unset EDGEBROKER_TEST_BROKER");
        }

        SimulatorProcess process = settings.Length == 0
            ? SimulatorProcess.ServeWith()
            : SimulatorProcess.Serve(settings);
        return new BrokerUnderTest { _process = process, Host = "127.0.0.1", Port = process.Port };
    }

    /// <summary>The same with default settings, started by a command of the shell.</summary>
    public static BrokerUnderTest StartInShell(string command)
    {
        SimulatorProcess process = SimulatorProcess.ServeInShell(command);
        return new BrokerUnderTest { _process = process, Host = "127.0.0.1", Port = process.Port };
    }

    /// <summary>Sends SIGTERM, waits for the end and returns the exit code.</summary>
    public int Terminate()
    {
        _process.Signal("TERM");
        return _process.WaitForExit();
    }

    public void Dispose() => _process?.Dispose();
}
