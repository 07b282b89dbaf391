using System.Net;

namespace EdgeBroker.Simulator.Net;

/// <summary>Hands everything on to another network; others override what they change.</summary>
public abstract class ForwardingNetwork : Network
{
    /// <param name="inner">Does the work.</param>
    protected ForwardingNetwork(Network inner)
    {
        Inner = inner;
    }

    /// <summary>The network that does the work.</summary>
    protected Network Inner { get; }

    /// <inheritdoc/>
    public override int Listen(IPEndPoint address, bool takesIPv4, out IPEndPoint taken)
    {
        return Inner.Listen(address, takesIPv4, out taken);
    }

    /// <inheritdoc/>
    public override int Accept(int listener)
    {
        return Inner.Accept(listener);
    }

    /// <inheritdoc/>
    public override int Receive(int handle, byte[] buffer, int count)
    {
        return Inner.Receive(handle, buffer, count);
    }

    /// <inheritdoc/>
    public override int Send(int handle, byte[] buffer, int offset, int count)
    {
        return Inner.Send(handle, buffer, offset, count);
    }

    /// <inheritdoc/>
    public override void Watch(int handle, bool forReading, bool forWriting)
    {
        Inner.Watch(handle, forReading, forWriting);
    }

    /// <inheritdoc/>
    public override void EndSending(int handle)
    {
        Inner.EndSending(handle);
    }

    /// <inheritdoc/>
    public override void Close(int handle)
    {
        Inner.Close(handle);
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteOf(int handle)
    {
        return Inner.RemoteOf(handle);
    }

    /// <inheritdoc/>
    public override int Wait(int timeoutMs)
    {
        return Inner.Wait(timeoutMs);
    }

    /// <inheritdoc/>
    public override void Wake()
    {
        Inner.Wake();
    }

    /// <inheritdoc/>
    public override int HandleOf(int index)
    {
        return Inner.HandleOf(index);
    }

    /// <inheritdoc/>
    public override bool IsReadable(int index)
    {
        return Inner.IsReadable(index);
    }

    /// <inheritdoc/>
    public override bool IsWritable(int index)
    {
        return Inner.IsWritable(index);
    }

    /// <inheritdoc/>
    public override bool IsBroken(int index)
    {
        return Inner.IsBroken(index);
    }

    /// <summary>Does nothing: whoever made the inner network disposes of it.</summary>
    public override void Dispose()
    {
    }
}
