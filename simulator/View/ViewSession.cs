using System;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Net;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Simulator.View;

/// <summary>Puts the parts of the view together for one broker.</summary>
public sealed class ViewSession : IDisposable
{
    private readonly Sampler _sampler;
    private LiveView? _view;

    /// <param name="broker">The broker.</param>
    /// <param name="limits">What it was made with.</param>
    /// <param name="network">The network that its host would use without a view.</param>
    public ViewSession(MqttBroker broker, BrokerLimits limits, Network network)
    {
        var traffic = new Traffic(broker);
        _sampler = new Sampler(broker, limits, traffic);
        Network = new TapNetwork(network, traffic, _sampler);
    }

    /// <summary>The network for the host.</summary>
    public Network Network { get; }

    /// <summary>Samples of the broker.</summary>
    public Sampler Sampler => _sampler;

    /// <summary>Opens the view, before the host runs.</summary>
    /// <param name="host">The host that was given Network.</param>
    /// <param name="title">Where the broker listens.</param>
    /// <param name="startMs">When it started, by the host's clock.</param>
    /// <param name="plain">Where the log goes when the view is left.</param>
    /// <param name="quit">Ends the broker, as Ctrl+C does.</param>
    /// <returns>Where the log goes from now on.</returns>
    public ILogSink Open(
        TcpHost host, string title, long startMs, ILogSink plain, Action quit)
    {
        var log = new LogBook(plain);
        _sampler.Attach(host);
        _view = new LiveView(_sampler, new Screen(title), log,
            new TerminalScreen(Console.Out), startMs, quit);
        _view.Start();
        return log;
    }

    /// <summary>Gives the terminal back and prints the log. May be called again.</summary>
    public void Leave()
    {
        _view?.Leave();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view?.Dispose();
    }
}
