using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>mosquitto_pub and mosquitto_sub: one process for each message and listener.</summary>
internal sealed class MosquittoLibrary : ClientLibrary
{
    public MosquittoLibrary(Bench bench, int version)
        : base(bench, version)
    {
        InstalledTools.RequireMosquittoClients();
    }

    public static string[] ConnectArguments(Bench bench, int version)
    {
        string name = version == Mqtt5 ? "mqttv5" : "311";
        return ["-h", bench.Broker.Host, "-p", bench.Broker.Port.ToString(), "-V", name];
    }

    public static string[] WillArguments(Message will)
    {
        return ["--will-topic", will.Topic, "--will-payload", will.Text];
    }

    public override Listener Listen(ListenOptions options)
    {
        return new MosquittoListener(Bench, Version, options);
    }

    public override void Publish(Message message, Message will = null)
    {
        List<string> arguments = ["-d", "-t", message.Topic, "-q", message.Qos.ToString()];
        arguments.AddRange(ConnectArguments(Bench, Version));
        arguments.AddRange(PropertyArguments(message));
        arguments.Add(message.Payload.Length == 0 ? "-n" : "-s");
        if (message.Retain)
        {
            arguments.Add("-r");
        }

        if (will != null)
        {
            arguments.AddRange(WillArguments(will));
        }

        string done = message.Qos == 2 ? " received PUBCOMP " : " received PUBACK ";
        bool acknowledged = false;
        LineProcess process = Bench.Start("mosquitto_pub", arguments,
            line => acknowledged |= line != null && line.Contains(done));
        process.Input.Write(message.Payload);
        process.CloseInput();
        Assert.AreEqual(0, process.WaitForExit(Bench.Deadline.Left), "exit code of mosquitto_pub");
        Assert.AreEqual(
            message.Qos > 0, acknowledged, "mosquitto_pub has seen the end of the exchange");
    }

    public override void Flood(int publishers, int messages, OrderCheck check)
    {
        var options = new ListenOptions { Filters = [Bench.Root + "/#"] };
        int total = publishers * messages;
        var listener = new MosquittoListener(Bench, Version, options, total);
        LineProcess[] processes = Enumerable.Range(0, publishers).Select(StartFlood).ToArray();
        Feed(processes, messages);
        foreach (LineProcess process in processes)
        {
            int exitCode = process.WaitForExit(Bench.Deadline.Left);
            Assert.AreEqual(0, exitCode, "exit code of mosquitto_pub");
        }

        for (int count = 0; count < total; count++)
        {
            check.Accept(listener.Next().Text);
        }

        Assert.AreEqual(0, listener.WaitForExit(Bench.Deadline), "exit code of mosquitto_sub");
    }

    // Line by line in turn, so that all publishers send at the same time.
    private static void Feed(LineProcess[] processes, int messages)
    {
        StreamWriter[] inputs = processes
            .Select(process => new StreamWriter(process.Input, Encoding.ASCII)).ToArray();
        for (int sequence = 0; sequence < messages; sequence++)
        {
            for (int publisher = 0; publisher < inputs.Length; publisher++)
            {
                inputs[publisher].Write($"{publisher}:{sequence}\n");
            }
        }

        foreach (StreamWriter input in inputs)
        {
            input.Dispose();
        }
    }

    private LineProcess StartFlood(int publisher)
    {
        string[] arguments = ["-l", "-t", $"{Bench.Root}/{publisher}"];
        return Bench.Start(
            "mosquitto_pub", [.. arguments, .. ConnectArguments(Bench, Version)], _ => { });
    }

    private static List<string> PropertyArguments(Message message)
    {
        var arguments = new List<string>();
        Add(arguments, "content-type", message.ContentType);
        Add(arguments, "response-topic", message.ResponseTopic);
        Add(arguments, "payload-format-indicator", Decimal(message.PayloadFormat));
        Add(arguments, "message-expiry-interval", Decimal(message.MessageExpiry));
        if (message.CorrelationData != null)
        {
            Add(arguments, "correlation-data", Encoding.UTF8.GetString(message.CorrelationData));
        }

        foreach (string[] pair in message.UserProperties ?? [])
        {
            arguments.AddRange(["-D", "PUBLISH", "user-property", pair[0], pair[1]]);
        }

        return arguments;
    }

    private static string Decimal(int? number)
    {
        return number?.ToString(CultureInfo.InvariantCulture);
    }

    private static void Add(List<string> arguments, string property, string value)
    {
        if (value != null)
        {
            arguments.AddRange(["-D", "PUBLISH", property, value]);
        }
    }
}
