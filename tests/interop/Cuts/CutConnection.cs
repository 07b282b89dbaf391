using System;
using System.Net.Sockets;
using System.Threading;

namespace EdgeBroker.Tests.Interop.Cuts;

/// <summary>One connection through the proxy: carries bytes both ways until it is cut.</summary>
internal sealed class CutConnection : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private const int Sides = 2;

    private readonly object _gate = new();
    private readonly Socket _client;
    private readonly Socket _broker;
    private readonly CutPlan _plan;
    private Timer _timer;
    private long _bytes;
    private int _ended;
    private bool _isCut;
    private bool _isKind;

    public CutConnection(Socket client, Socket broker, CutPlan plan)
    {
        _client = client;
        _broker = broker;
        _plan = plan;
        _client.NoDelay = _broker.NoDelay = true;
    }

    /// <summary>Told when it was cut.</summary>
    public Action WasCut { get; init; }

    /// <summary>Whether both sides have ended.</summary>
    public bool IsOver => Volatile.Read(ref _ended) == Sides;

    public void Begin()
    {
        new Thread(() => Carry(_client, _broker)) { IsBackground = true }.Start();
        new Thread(() => Carry(_broker, _client)) { IsBackground = true }.Start();
        if (_plan.Ms > 0)
        {
            _timer = new Timer(_ => Cut(), null, _plan.Ms, Timeout.Infinite);
        }
    }

    /// <summary>It is cut no more.</summary>
    public void Relent() => Volatile.Write(ref _isKind, true);

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _client.Dispose();
        _broker.Dispose();
    }

    private void Carry(Socket from, Socket to)
    {
        byte[] buffer = new byte[BufferSize];
        try
        {
            for (int got = from.Receive(buffer); got > 0; got = from.Receive(buffer))
            {
                Forward(to, buffer, got);
            }

            // After a cut by FIN the other side may be reading still.
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // RST: after a cut the other side ends as planned, otherwise in the same way.
            if (!Volatile.Read(ref _isCut))
            {
                to.Close(0);
            }
        }

        if (Interlocked.Increment(ref _ended) == Sides)
        {
            Dispose();
        }
    }

    /// <summary>Sends what comes before the cut.</summary>
    private void Forward(Socket to, byte[] buffer, int count)
    {
        if (Volatile.Read(ref _isCut))
        {
            return;
        }

        long before = Interlocked.Add(ref _bytes, count) - count;
        bool isLast = _plan.Bytes > 0 && before + count >= _plan.Bytes
            && !Volatile.Read(ref _isKind);
        int length = isLast ? (int)Math.Max(_plan.Bytes - before, 0) : count;
        for (int sent = 0; sent < length;)
        {
            sent += to.Send(buffer, sent, length - sent, SocketFlags.None);
        }

        if (isLast)
        {
            Cut();
        }
    }

    private void Cut()
    {
        lock (_gate)
        {
            if (_isCut || Volatile.Read(ref _isKind) || IsOver)
            {
                return;
            }

            Volatile.Write(ref _isCut, true);
        }

        WasCut();
        End(_client, _plan.ResetsClient);
        End(_broker, _plan.ResetsBroker);
    }

    private static void End(Socket socket, bool resets)
    {
        try
        {
            if (resets)
            {
                socket.Close(0);
            }
            else
            {
                // What it still sends is read and thrown away, or this would become an RST.
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was over.
        }
    }
}
