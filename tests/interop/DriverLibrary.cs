using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>A library that a driver script uses: paho or MQTT.js.</summary>
internal sealed class DriverLibrary : ClientLibrary
{
    // Below every queue limit that a broker has by default, and enough to keep it busy.
    private const int Window = 500;

    private readonly string[] _driver;
    private DriverListener _publisher;

    /// <param name="driver">The interpreter and the script.</param>
    public DriverLibrary(Bench bench, int version, string[] driver)
        : base(bench, version)
    {
        _driver = driver;
    }

    /// <summary>Connects in a process of its own, without a subscription.</summary>
    public DriverListener Connect(string clientId = "", Message will = null)
    {
        return new DriverListener(Bench, _driver, Version, clientId, will);
    }

    public override Listener Listen(ListenOptions options)
    {
        DriverListener listener = Connect(options.ClientId, options.Will);
        listener.Subscribe(options);
        return listener;
    }

    public override void Publish(Message message, Message will = null)
    {
        // One process for all of them: to start Node.js takes longer than all the rest.
        if (_publisher == null)
        {
            _publisher = Connect("", will);
        }
        else
        {
            _publisher.Connect("", will);
        }

        _publisher.Publish(message);
        _publisher.Leave();
    }

    public override void Flood(int publishers, int messages, OrderCheck check)
    {
        var batches = new Mailbox<string>(Bench.Deadline);
        string[] arguments = [_driver[1], "flood", Bench.Broker.Host,
            Bench.Broker.Port.ToString(), Version.ToString(), Bench.Root,
            publishers.ToString(), messages.ToString(), Window.ToString()];
        LineProcess process = Bench.Start(_driver[0], arguments, line =>
        {
            if (line == null)
            {
                batches.Close();
            }
            else
            {
                batches.Put(line);
            }
        });
        while (AcceptBatch(batches.Take("a batch of messages"), check))
        {
        }

        Assert.AreEqual(0, process.WaitForExit(Bench.Deadline.Left), "exit code of the driver");
    }

    private static bool AcceptBatch(string line, OrderCheck check)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        if (json.RootElement.GetProperty("event").GetString() == "done")
        {
            return false;
        }

        foreach (JsonElement payload in json.RootElement.GetProperty("payloads").EnumerateArray())
        {
            check.Accept(payload.GetString());
        }

        return true;
    }
}
