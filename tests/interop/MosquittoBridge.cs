using System;
using System.IO;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Tests.Interop;

/// <summary>
/// Debian's mosquitto as a broker with a bridge to the broker under test. What is not stated in
/// its configuration is as mosquitto has it: try_private true, notifications true.
/// </summary>
internal sealed class MosquittoBridge : IDisposable
{
    private readonly string _configFile = Path.GetTempFileName();
    private readonly Mailbox<string> _connected;

    /// <param name="bench">Gives the broker under test and the topics.</param>
    /// <param name="protocol">The value of bridge_protocol_version.</param>
    public MosquittoBridge(Bench bench, string protocol)
    {
        string mosquitto = InstalledTools.Mosquitto();
        int port = FreePort();
        File.WriteAllLines(_configFile,
        [
            $"listener {port} 127.0.0.1",
            "allow_anonymous true",
            "log_dest stdout",
            "log_type all",
            $"connection {bench.Root}",
            $"address {bench.Broker.Host}:{bench.Broker.Port}",
            $"bridge_protocol_version {protocol}",
            // Without it the attempt after a refused try_private waits for 5 s and more.
            "restart_timeout 1",
            $"topic {bench.Root}/out/# out 0",
            $"topic {bench.Root}/in/# in 0",
        ]);
        _connected = new Mailbox<string>(bench.Deadline);
        // Without stdbuf a pipe gets the lines when there are some thousand bytes of them.
        bench.Start("stdbuf", ["-oL", mosquitto, "-c", _configFile], OnLine);
        Broker = BrokerUnderTest.At("127.0.0.1", port);
        _connected.Take("the bridge's subscription");
    }

    /// <summary>The mosquitto, for clients of its own.</summary>
    public BrokerUnderTest Broker { get; }

    public void Dispose()
    {
        File.Delete(_configFile);
    }

    private void OnLine(string line)
    {
        if (line == null)
        {
            _connected.Close();
        }
        else if (line.Contains("Received SUBACK from local."))
        {
            _connected.Put(line);
        }
    }

    // mosquitto does not say which port it has taken, so one is named that was free just now.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
