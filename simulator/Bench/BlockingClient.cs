using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// One client on a socket that waits: fewer system calls for one message at a time, and sooner
/// awake, than with a loop for many.
/// </summary>
internal sealed class BlockingClient : IDisposable
{
    private const int ReceiveSize = 64 * 1024;
    private const int PatienceMs = 10_000;

    private readonly BenchClient _client;
    private readonly Socket _socket;
    private readonly int _handle;
    private readonly byte[] _buffer = new byte[ReceiveSize];
    private string? _refusal;

    /// <summary>Connects and subscribes.</summary>
    /// <param name="broker">Where the broker listens.</param>
    /// <param name="load">Version and QoS.</param>
    /// <param name="client">It has not begun.</param>
    /// <exception cref="BenchException">The broker does not want it.</exception>
    public BlockingClient(IPEndPoint broker, Load load, BenchClient client)
    {
        var handshake = new Handshake(load.Version, load.Qos);
        Inbox = new Inbox(load.Version)
        {
            Answered = (to, packet) => _refusal ??= handshake.Answer(to, packet, out _),
        };
        _client = client;
        _socket = new Socket(broker.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = PatienceMs,
            SendTimeout = PatienceMs,
        };
        _handle = (int)_socket.Handle;
        try
        {
            Try(() => _socket.Connect(broker), $"{broker} cannot be reached");
            client.Stage = ClientStage.Asking;
            handshake.Begin(client);
            for (Flush(); client.Owed > 0; Flush())
            {
                Receive();
            }

            client.Stage = ClientStage.Up;
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>What has come.</summary>
    public Inbox Inbox { get; }

    /// <summary>Sends what the client has to say.</summary>
    /// <exception cref="BenchException">The broker takes it not.</exception>
    public void Flush()
    {
        while (_client.OutStart < _client.OutEnd)
        {
            _client.OutStart += Send(
                _client.Out.AsSpan(_client.OutStart, _client.OutEnd - _client.OutStart));
        }

        _client.OutStart = _client.OutEnd = 0;
    }

    /// <summary>Waits for bytes and takes them.</summary>
    /// <exception cref="BenchException">None come, or the broker has refused something.
    /// </exception>
    public void Receive()
    {
        int got = Receive(_buffer);
        if (got == 0)
        {
            throw new BenchException("the broker has closed the connection");
        }

        try
        {
            Inbox.Take(_client, _buffer.AsSpan(0, got), NanoClock.Now());
        }
        catch (Exception broken) when (broken is InvalidDataException
            or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new BenchException(ClientLoop.NotMqtt);
        }

        if (_refusal != null)
        {
            throw new BenchException(_refusal);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static bool IsLinux => OperatingSystem.IsLinux();

    // On Linux without .NET's way round: that is a tenth of the time there and back.
    private unsafe int Send(ReadOnlySpan<byte> bytes)
    {
        SocketError e = SocketError.Success;
        int sent;
        fixed (byte* from = bytes)
        {
            do
            {
                sent = IsLinux
                    ? (int)Libc.send(_handle, from, bytes.Length, Libc.NoSignal)
                    : _socket.Send(bytes, SocketFlags.None, out e);
            }
            while (IsLinux && sent < 0 && HasToTryAgain());
        }

        return Check(sent, e);
    }

    private unsafe int Receive(Span<byte> buffer)
    {
        SocketError e = SocketError.Success;
        int got;
        fixed (byte* to = buffer)
        {
            do
            {
                got = IsLinux
                    ? (int)Libc.recv(_handle, to, buffer.Length, 0)
                    : _socket.Receive(buffer, SocketFlags.None, out e);
            }
            while (IsLinux && got < 0 && HasToTryAgain());
        }

        return Check(got, e);
    }

    // A collection of garbage on another thread interrupts a call that has a timeout.
    private static bool HasToTryAgain() =>
        NetworkErrors.IsInterrupted(Marshal.GetLastPInvokeError());

    private static int Check(int count, SocketError e)
    {
        if (count >= 0 && e == SocketError.Success)
        {
            return count;
        }

        bool isLate = IsLinux
            ? NetworkErrors.OfErrno(Marshal.GetLastPInvokeError()) == Network.WouldBlock
            : e is SocketError.TimedOut or SocketError.WouldBlock;
        throw new BenchException(isLate
            ? $"the broker did nothing for {PatienceMs / 1000} s"
            : "the connection has failed");
    }

    private static void Try(Action action, string failure)
    {
        try
        {
            action();
        }
        catch (SocketException)
        {
            throw new BenchException(failure);
        }
    }
}
