using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop.Cuts;

/// <summary>Starts an external client with a session, as publisher or subscriber.</summary>
internal sealed class CutClient
{
    private const string Subscribed = "subscribed";
    private const string Format = "%t\\t%l\\t%p";

    private readonly Bench _bench;
    private readonly CutLoad _load;
    private readonly string _library;
    private readonly int _version;
    private readonly string[] _driver;

    /// <param name="library">See ClientLibrary; the test ends here when it is absent.</param>
    public CutClient(Bench bench, CutLoad load, string library, int version)
    {
        _bench = bench;
        _load = load;
        _library = library;
        _version = version;
        _driver = library switch
        {
            ClientLibrary.Paho => InstalledTools.PahoDriver(),
            ClientLibrary.MqttJs => InstalledTools.MqttJsDriver(),
            _ => null,
        };
        if (_driver == null)
        {
            InstalledTools.RequireMosquittoClients();
        }
    }

    /// <summary>
    /// What it is called as a publisher: its Client Identifier and a Topic Level, and short, for
    /// it goes into payloads of 16 bytes.
    /// </summary>
    public string Name => (_library == ClientLibrary.MqttJs ? "js" : _library[..4]) + _version;

    /// <summary>Its Client Identifier as a subscriber.</summary>
    public string SubscriberName => Name + "sub";

    /// <summary>Whether it hands out what it gets as the protocol says.</summary>
    /// <remarks>
    /// mosquitto_sub 2.0 does not at QoS 2. When its PUBCOMP cannot be sent, it forgets the message
    /// without handing it out (lib/handle_pubrel.c); a PUBLISH with DUP it keeps beside the first
    /// one, and each PUBREL hands out one of them (lib/handle_publish.c, issue 1751).
    /// </remarks>
    public bool IsExact => _driver != null || _load.Qos < 2;

    /// <summary>Subscribes to all that is published and the fence.</summary>
    /// <param name="port">Of the proxy.</param>
    /// <param name="onLine">Told of each message, see CutLoad.Count; of null at the end.</param>
    public LineProcess Subscribe(int port, Action<string> onLine)
    {
        if (_driver != null)
        {
            var subscribed = new Mailbox<string>(_bench.Deadline);
            LineProcess process = Drive("subscribe", port, SubscriberName, line =>
            {
                if (line == Subscribed)
                {
                    subscribed.Put(line);
                }
                else
                {
                    onLine(line);
                }
            }, _load.Qos);
            subscribed.Take("SUBACK in " + SubscriberName);
            return process;
        }

        // libmosquitto counts a PUBLISH with DUP at QoS 2 a second time, and never forgets that. So
        // with its own Receive Maximum of 20 it holds it for a breach of the protocol soon
        // (eclipse-mosquitto/mosquitto, issue 1751).
        string[] arguments = ["-oL", "mosquitto_sub", "-t", _load.Root + "/#", "-F", Format];
        if (_version == ClientLibrary.Mqtt5)
        {
            arguments = [.. arguments, "-D", "CONNECT", "receive-maximum", "65535"];
        }

        // With -E it ends at SUBACK; its session stays, and the next one takes it over.
        LineProcess first = Start("stdbuf", _bench.Broker.Port, SubscriberName, _ => { },
            [.. arguments, "-E"]);
        Assert.AreEqual(0, first.WaitForExit(_bench.Deadline.Left), first.Transcript);
        return Start("stdbuf", port, SubscriberName, onLine, arguments);
    }

    /// <summary>Publishes all; the process ends when all is acknowledged.</summary>
    /// <param name="port">Of the proxy.</param>
    public LineProcess Publish(int port)
    {
        if (_driver != null)
        {
            return Drive(
                "publish", port, Name, _ => { }, _load.Qos, _load.Messages, _load.Size);
        }

        return Start("mosquitto_pub", port, Name, _ => { },
            ["-l", "-t", $"{_load.Root}/{Name}"]);
    }

    /// <summary>Lets a publisher send some more messages.</summary>
    /// <param name="publisher">Its process.</param>
    /// <param name="from">The number of the first.</param>
    /// <param name="to">The number behind the last.</param>
    public void Feed(LineProcess publisher, int from, int to)
    {
        using var lines = new StreamWriter(publisher.Input, Encoding.ASCII, leaveOpen: true);
        if (_driver != null)
        {
            lines.Write(Text(to - from) + "\n");
            return;
        }

        for (int number = from; number < to; number++)
        {
            lines.Write(_load.Payload(Name, number) + "\n");
        }
    }

    private LineProcess Drive(
        string scenario, int port, string name, Action<string> onLine, params int[] numbers)
    {
        return _bench.Start(_driver[0],
            [
                _driver[1], scenario, _bench.Broker.Host, Text(port), Text(_version), _load.Root,
                name, .. numbers.Select(Text),
            ],
            onLine, keepsOutput: false);
    }

    private LineProcess Start(string program, int port, string name, Action<string> onLine,
        params string[] arguments)
    {
        return _bench.Start(program,
            [
                .. arguments, "-h", _bench.Broker.Host, "-p", Text(port), "-i", name, "-c",
                "-V", _version == ClientLibrary.Mqtt5 ? "mqttv5" : "311", "-q", Text(_load.Qos),
            ],
            onLine, keepsOutput: false);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
