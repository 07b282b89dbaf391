using System;
using System.IO;
using System.Net;
using System.Net.Sockets;

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
    private readonly byte[] _buffer = new byte[ReceiveSize];
    private string? _refusal;

    /// <summary>Connects and subscribes.</summary>
    /// <param name="broker">Where the broker listens.</param>
    /// <param name="version">4 or 5.</param>
    /// <param name="client">It has not begun.</param>
    /// <exception cref="BenchException">The broker does not want it.</exception>
    public BlockingClient(IPEndPoint broker, int version, BenchClient client)
    {
        var handshake = new Handshake(version);
        Inbox = new Inbox(version)
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
            int sent = _socket.Send(_client.Out, _client.OutStart,
                _client.OutEnd - _client.OutStart, SocketFlags.None, out SocketError e);
            Check(e);
            _client.OutStart += sent;
        }

        _client.OutStart = _client.OutEnd = 0;
    }

    /// <summary>Waits for bytes and takes them.</summary>
    /// <exception cref="BenchException">None come, or the broker has refused something.
    /// </exception>
    public void Receive()
    {
        int got = _socket.Receive(
            _buffer, 0, _buffer.Length, SocketFlags.None, out SocketError e);
        Check(e);
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

    private static void Check(SocketError e)
    {
        if (e != SocketError.Success)
        {
            throw new BenchException(e == SocketError.TimedOut || e == SocketError.WouldBlock
                ? $"the broker did nothing for {PatienceMs / 1000} s"
                : "the connection has failed");
        }
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
