using System;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Lab.Check;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>A host with a broker in the virtual network.</summary>
internal abstract class Subject : IDisposable
{
    protected Subject(VirtualStack net, BrokerLimits limits, BrokerSettings settings, Facts facts)
    {
        Net = net;
        Limits = limits;
        Settings = settings;
        Facts = facts;
    }

    /// <summary>The broker that runs, or null while there is none.</summary>
    public MqttBroker? Broker { get; protected set; }

    protected VirtualStack Net { get; }

    protected BrokerLimits Limits { get; }

    protected BrokerSettings Settings { get; }

    protected Facts Facts { get; }

    /// <summary>Starts.</summary>
    public abstract void Start();

    /// <summary>Lets the host work until a time.</summary>
    public abstract void RunUntil(long ms);

    /// <summary>Loses power; Start begins anew.</summary>
    public virtual void CutPower()
    {
        Broker?.SetTap(null);
        Broker = null;
        Net.CutPower();
    }

    /// <summary>Looks at what only the host can tell.</summary>
    /// <exception cref="CheckFailedException">Something happened that never may.</exception>
    public virtual void Inspect()
    {
    }

    /// <summary>Looks at what is left when everybody has gone.</summary>
    /// <exception cref="CheckFailedException">There is more than there may be.</exception>
    public virtual void InspectEnd()
    {
    }

    /// <summary>The access point goes or comes.</summary>
    public virtual void SetAir(bool isThere) => Net.IsAirDown = !isThere;

    /// <summary>The machine sleeps: its clock jumps.</summary>
    public virtual void StepClock(long ms)
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Makes the broker.</summary>
    protected MqttBroker MakeBroker(bool allowsAll = true)
    {
        Broker = new MqttBroker(
            Limits, Settings, new OpenAuthenticator(allowsAll), Facts.Observer, NowMs());
        Facts.Watch(Broker, Limits, Settings, NowMs());
        return Broker;
    }

    /// <summary>The time that the broker is told.</summary>
    protected virtual long NowMs() => Net.NowMs;
}
