using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.View;

/// <summary>
/// Stands between the host and its network while the view is open, so that the view learns who
/// sends what without a line in the core. Without the view it is not there and costs nothing.
/// See docs/decisions/0009-what-the-view-looks-at.md.
/// </summary>
public sealed class TapNetwork : ForwardingNetwork
{
    private readonly Traffic _traffic;
    private readonly Sampler _sampler;

    /// <param name="inner">Does the work; whoever made it disposes of it.</param>
    /// <param name="traffic">Takes note of what goes in and out.</param>
    /// <param name="sampler">Takes its samples between two turns of the host's loop.</param>
    public TapNetwork(Network inner, Traffic traffic, Sampler sampler)
        : base(inner)
    {
        _traffic = traffic;
        _sampler = sampler;
    }

    /// <inheritdoc/>
    public override int Accept(int listener)
    {
        int handle = Inner.Accept(listener);
        if (handle >= 0)
        {
            _traffic.Open(handle);
        }

        return handle;
    }

    /// <inheritdoc/>
    public override int Receive(int handle, byte[] buffer, int count)
    {
        int got = Inner.Receive(handle, buffer, count);
        if (got > 0)
        {
            _traffic.Received(handle, buffer, got);
        }

        return got;
    }

    /// <inheritdoc/>
    public override int Send(int handle, byte[] buffer, int offset, int count)
    {
        int sent = Inner.Send(handle, buffer, offset, count);
        _traffic.Sent(handle, sent);
        return sent;
    }

    /// <inheritdoc/>
    public override void Close(int handle)
    {
        _traffic.Close(handle);
        Inner.Close(handle);
    }

    /// <inheritdoc/>
    public override int Wait(int timeoutMs)
    {
        _sampler.BetweenTurns();
        return Inner.Wait(timeoutMs);
    }
}
