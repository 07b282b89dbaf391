using System.Net;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.View;

/// <summary>
/// Stands between the host and its network while the view is open, so that the view learns who
/// sends what without a line in the core. Without the view it is not there and costs nothing.
/// See docs/decisions/0009-what-the-view-looks-at.md.
/// </summary>
public sealed class TapNetwork : Network
{
    private readonly Network _inner;
    private readonly Traffic _traffic;
    private readonly Sampler _sampler;

    /// <param name="inner">Does the work; whoever made it disposes of it.</param>
    /// <param name="traffic">Takes note of what goes in and out.</param>
    /// <param name="sampler">Takes its samples between two turns of the host's loop.</param>
    public TapNetwork(Network inner, Traffic traffic, Sampler sampler)
    {
        _inner = inner;
        _traffic = traffic;
        _sampler = sampler;
    }

    /// <inheritdoc/>
    public override int Listen(IPEndPoint address, bool takesIPv4, out IPEndPoint taken)
    {
        return _inner.Listen(address, takesIPv4, out taken);
    }

    /// <inheritdoc/>
    public override int Accept(int listener)
    {
        int handle = _inner.Accept(listener);
        if (handle >= 0)
        {
            _traffic.Open(handle);
        }

        return handle;
    }

    /// <inheritdoc/>
    public override int Receive(int handle, byte[] buffer, int count)
    {
        int got = _inner.Receive(handle, buffer, count);
        if (got > 0)
        {
            _traffic.Received(handle, buffer, got);
        }

        return got;
    }

    /// <inheritdoc/>
    public override int Send(int handle, byte[] buffer, int offset, int count)
    {
        int sent = _inner.Send(handle, buffer, offset, count);
        _traffic.Sent(handle, sent);
        return sent;
    }

    /// <inheritdoc/>
    public override void Watch(int handle, bool forReading, bool forWriting)
    {
        _inner.Watch(handle, forReading, forWriting);
    }

    /// <inheritdoc/>
    public override void EndSending(int handle)
    {
        _inner.EndSending(handle);
    }

    /// <inheritdoc/>
    public override void Close(int handle)
    {
        _traffic.Close(handle);
        _inner.Close(handle);
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteOf(int handle)
    {
        return _inner.RemoteOf(handle);
    }

    /// <inheritdoc/>
    public override int Wait(int timeoutMs)
    {
        _sampler.BetweenTurns();
        return _inner.Wait(timeoutMs);
    }

    /// <inheritdoc/>
    public override void Wake()
    {
        _inner.Wake();
    }

    /// <inheritdoc/>
    public override int HandleOf(int index)
    {
        return _inner.HandleOf(index);
    }

    /// <inheritdoc/>
    public override bool IsReadable(int index)
    {
        return _inner.IsReadable(index);
    }

    /// <inheritdoc/>
    public override bool IsWritable(int index)
    {
        return _inner.IsWritable(index);
    }

    /// <inheritdoc/>
    public override bool IsBroken(int index)
    {
        return _inner.IsBroken(index);
    }

    /// <summary>Does nothing: whoever made the inner network disposes of it.</summary>
    public override void Dispose()
    {
    }
}
