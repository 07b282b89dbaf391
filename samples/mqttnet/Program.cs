using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeBroker.Samples.MqttNet;

/// <summary>A sensor that publishes a temperature and takes commands.</summary>
public static class Program
{
    private const string Base = "sensors/kitchen";

    private static readonly SemaphoreSlim _changed = new(0);

    private static double _intervalS = 5;

    /// <summary>Runs until Ctrl+C, or until so many values are published.</summary>
    /// <param name="args">Host, port and number of values; each may be left out.</param>
    public static async Task Main(string[] args)
    {
        string host = args.Length > 0 ? args[0] : "127.0.0.1";
        int port = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1883;
        int count = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0;
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };

        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += TakeInterval;
        MqttClientOptions options = new MqttClientOptionsBuilder()
            .WithTcpServer(host, port)
            .WithClientId("sensor-kitchen")
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
            // The broker publishes this when the connection ends without a DISCONNECT.
            .WithWillTopic(Base + "/online")
            .WithWillPayload("0")
            .WithWillRetain()
            .Build();
        await client.ConnectAsync(options, stop.Token);
        await client.SubscribeAsync(Base + "/interval", cancellationToken: stop.Token);
        await Publish(client, "online", "1", isRetained: true);
        await Measure(client, count, stop.Token);
        await Publish(client, "online", "0", isRetained: true);
        await client.DisconnectAsync();
    }

    private static async Task Measure(IMqttClient client, int count, CancellationToken stop)
    {
        double temperature = 21;
        for (int i = 0; (count == 0 || i < count) && !stop.IsCancellationRequested; i++)
        {
            temperature += Random.Shared.NextDouble() * 0.4 - 0.2;
            await Publish(client, "temperature",
                temperature.ToString("F1", CultureInfo.InvariantCulture), isRetained: false);
            if (i + 1 == count)
            {
                return;
            }

            try
            {
                await _changed.WaitAsync(TimeSpan.FromSeconds(_intervalS), stop);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C.
            }
        }
    }

    private static Task Publish(IMqttClient client, string name, string payload, bool isRetained) =>
        client.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic($"{Base}/{name}")
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag(isRetained)
            .Build());

    private static Task TakeInterval(MqttApplicationMessageReceivedEventArgs received)
    {
        string text = received.ApplicationMessage.ConvertPayloadToString();
        if (double.TryParse(text, CultureInfo.InvariantCulture, out double seconds) && seconds > 0)
        {
            _intervalS = seconds;
            _changed.Release();
        }

        return Task.CompletedTask;
    }
}
