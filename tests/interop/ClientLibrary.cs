using System;

namespace EdgeBroker.Tests.Interop;

/// <summary>One of the external clients, speaking one version of the protocol.</summary>
internal abstract class ClientLibrary
{
    public const int Mqtt311 = 4;
    public const int Mqtt5 = 5;

    public const string Mosquitto = "mosquitto";
    public const string Paho = "paho";
    public const string MqttJs = "MQTT.js";

    protected ClientLibrary(Bench bench, int version)
    {
        Bench = bench;
        Version = version;
    }

    public int Version { get; }

    protected Bench Bench { get; }

    /// <summary>The named library; the test ends here when it is not installed.</summary>
    public static ClientLibrary Create(string name, int version, Bench bench)
    {
        return name switch
        {
            Mosquitto => new MosquittoLibrary(bench, version),
            Paho => new DriverLibrary(bench, version, InstalledTools.PahoDriver()),
            MqttJs => new DriverLibrary(bench, version, InstalledTools.MqttJsDriver()),
            _ => throw new ArgumentException("unknown library " + name),
        };
    }

    /// <summary>Connects and subscribes in a process of its own; returns after SUBACK.</summary>
    public abstract Listener Listen(ListenOptions options);

    /// <summary>
    /// Connects, publishes, waits until the client holds the message for done (with QoS 1 after
    /// its PUBACK) and disconnects cleanly.
    /// </summary>
    public abstract void Publish(Message message, Message will = null);

    /// <summary>
    /// Lets many publishers send to one subscriber at once. Each payload is
    /// "publisher:sequence"; what the subscriber sees goes into `check` in its order.
    /// </summary>
    public abstract void Flood(int publishers, int messages, OrderCheck check);

    /// <summary>Connects and subscribes to these filters with QoS 0.</summary>
    public Listener Listen(params string[] filters)
    {
        return Listen(new ListenOptions { Filters = filters });
    }
}
