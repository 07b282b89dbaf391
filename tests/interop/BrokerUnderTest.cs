using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
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
    private static readonly TimeSpan _startLimit = TimeSpan.FromSeconds(20);

    private LineProcess _process;
    private string _configFile;

    private BrokerUnderTest()
    {
    }

    public string Host { get; private set; }

    public int Port { get; private set; }

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

        var broker = new BrokerUnderTest();
        try
        {
            broker.StartProcess(settings);
            return broker;
        }
        catch
        {
            broker.Dispose();
            throw;
        }
    }

    /// <summary>Sends SIGTERM, waits for the end and returns the exit code.</summary>
    public int Terminate(Deadline deadline)
    {
        _process.Signal("TERM");
        return _process.WaitForExit(deadline);
    }

    public void Dispose()
    {
        _process?.Dispose();
        if (_configFile != null)
        {
            File.Delete(_configFile);
        }
    }

    private void StartProcess(string[] settings)
    {
        string assembly = typeof(BrokerUnderTest).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "Simulator").Value;
        string[] arguments = [assembly, "serve", "--port", "0"];
        if (settings.Length > 0)
        {
            _configFile = Path.GetTempFileName();
            File.WriteAllLines(_configFile, settings);
            arguments = [.. arguments, "--config", _configFile];
        }

        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var addresses = new Mailbox<Match>(new Deadline(_startLimit));
        _process = new LineProcess(dotnet, arguments, line => ReadAddress(line, addresses));
        Match address;
        try
        {
            address = addresses.Take("the line 'listening on'");
        }
        catch (AssertFailedException failure)
        {
            throw new AssertFailedException(failure.Message + "\n" + Transcript);
        }

        Host = address.Groups[1].Value;
        Port = int.Parse(address.Groups[2].Value);
    }

    private static void ReadAddress(string line, Mailbox<Match> addresses)
    {
        if (line == null)
        {
            addresses.Close();
            return;
        }

        Match match = Regex.Match(line, @"^listening on (127\.0\.0\.1):(\d+)$");
        if (match.Success)
        {
            addresses.Put(match);
        }
    }
}
