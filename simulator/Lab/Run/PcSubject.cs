using System;
using System.Net;
using EdgeBroker.Broker;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Lab.Check;
using EdgeBroker.Simulator.Lab.Net;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>The PC's own host, TcpHost, in the virtual network.</summary>
internal sealed class PcSubject(
    VirtualStack net, BrokerLimits limits, BrokerSettings settings, Facts facts)
    : Subject(net, limits, settings, facts)
{
    private const int LongestWaitMs = 200;

    private TcpHost? _host;
    private long _steppedMs;

    /// <inheritdoc/>
    public override void Start()
    {
        MqttBroker broker = MakeBroker();
        _host = new TcpHost(
            broker, Limits, new VirtualNetwork(Net), () => Net.NowMs + _steppedMs);
        _host.Listen(new IPEndPoint(IPAddress.Any, 1883));
    }

    /// <inheritdoc/>
    public override void RunUntil(long ms)
    {
        if (_host == null)
        {
            Net.RunUntil(ms);
        }

        while (_host != null && Net.NowMs < ms)
        {
            _host.Turn((int)Math.Min(LongestWaitMs, ms - Net.NowMs));
        }
    }

    /// <inheritdoc/>
    public override void CutPower()
    {
        base.CutPower();
        _host?.Dispose();
        _host = null;
    }

    /// <inheritdoc/>
    public override void StepClock(long ms) => _steppedMs += ms;

    /// <inheritdoc/>
    public override void Dispose() => _host?.Dispose();

    /// <inheritdoc/>
    protected override long NowMs() => Net.NowMs + _steppedMs;
}
