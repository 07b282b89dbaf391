using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Threading;
using EdgeBroker.Simulator.Lab.Model;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.Bench;

/// <summary>
/// Many MQTT clients on one thread: opens them, sends what they have to say, and hands what comes
/// to an Inbox.
/// </summary>
internal sealed class ClientLoop : IDisposable
{
    /// <summary>What is said of a server that sends something else.</summary>
    public const string NotMqtt = "the broker sent a packet that is not MQTT";

    private const int ReceiveSize = 256 * 1024;
    private const int PatienceMs = 10_000;
    private const int PollMs = 50;

    private readonly SocketNetwork _network;
    private readonly Dictionary<int, BenchClient> _clients = [];
    private readonly byte[] _buffer = new byte[ReceiveSize];
    private readonly IPEndPoint _broker;
    private readonly Handshake _handshake;
    private readonly CancellationToken _cancel;

    /// <param name="broker">Where the broker listens.</param>
    /// <param name="load">Version, and what ends it early.</param>
    /// <param name="checksOrder">Whether numbers of messages are looked at.</param>
    public ClientLoop(IPEndPoint broker, Load load, bool checksOrder = true)
    {
        _broker = broker;
        _handshake = new Handshake(load.Version, load.Qos);
        _cancel = load.Cancel;
        _network = Networks.Create(Environment.GetEnvironmentVariable(Networks.Variable));
        Inbox = new Inbox(load.Version) { Answered = Answered, ChecksOrder = checksOrder };
    }

    /// <summary>What has come.</summary>
    public Inbox Inbox { get; }

    /// <summary>Connections that the broker or the network has ended.</summary>
    public int Gone { get; private set; }

    /// <summary>Why the last of them has ended.</summary>
    public string? WhyGone { get; private set; }

    /// <summary>Connections that are ready.</summary>
    public int Up { get; private set; }

    /// <summary>Told of a client that has just become ready.</summary>
    public Action<BenchClient>? Ready { get; set; }

    /// <summary>Told of a packet that is neither PUBLISH, CONNACK nor SUBACK.</summary>
    public Action<BenchClient, PacketKind>? Other { get; set; }

    /// <summary>Opens clients and waits until all are ready.</summary>
    /// <param name="clients">They have not begun.</param>
    /// <param name="atOnce">How many may be on their way at a time.</param>
    /// <exception cref="BenchException">One was refused, or nobody answered.</exception>
    public void Open(IReadOnlyList<BenchClient> clients, int atOnce)
    {
        int gone = Gone;
        int up = Up;
        int begun = 0;
        long last = NanoClock.Now();
        while (Up - up < clients.Count)
        {
            while (begun < clients.Count && begun - (Up - up) < atOnce)
            {
                Begin(clients[begun++]);
            }

            int before = Up;
            Poll(PollMs);
            long now = NanoClock.Now();
            last = Up > before ? now : last;
            if (Gone > gone || now - last > PatienceMs * 1_000_000L)
            {
                throw new BenchException(Gone > gone
                    ? WhyGone!
                    : $"the broker answered nothing for {PatienceMs / 1000} s");
            }
        }
    }

    /// <summary>Begins one connection.</summary>
    /// <param name="client">It has not begun, or has been closed.</param>
    /// <param name="local">Where from; null for any.</param>
    public void Begin(BenchClient client, IPEndPoint? local = null)
    {
        client.BeginAt(NanoClock.Now());
        client.Handle = _network.Connect(_broker, local);
        if (client.Handle < 0)
        {
            End(client, client.Handle == Network.NoHandle
                ? "this process has no handle left: raise the limit (ulimit -n)"
                : $"{_broker} cannot be reached");
            return;
        }

        client.Stage = ClientStage.Connecting;
        _clients[client.Handle] = client;
    }

    /// <summary>Closes a connection.</summary>
    public void Close(BenchClient client)
    {
        if (client.Handle >= 0)
        {
            _clients.Remove(client.Handle);
            _network.Close(client.Handle);
            client.Handle = -1;
            Up -= client.Stage == ClientStage.Up ? 1 : 0;
            client.Stage = ClientStage.None;
        }
    }

    /// <summary>Sends what a client has to say, as far as its socket takes it.</summary>
    public void Flush(BenchClient client)
    {
        while (client.OutStart < client.OutEnd && client.Handle >= 0)
        {
            int sent = _network.Send(
                client.Handle, client.Out, client.OutStart, client.OutEnd - client.OutStart);
            if (sent < 0)
            {
                if (sent != Network.WouldBlock)
                {
                    End(client, "the connection has failed");
                }
                else if (!client.IsBlocked)
                {
                    client.IsBlocked = true;
                    _network.Watch(client.Handle, true, true);
                }

                return;
            }

            client.OutStart += sent;
        }

        client.OutStart = client.OutEnd = 0;
        if (client.IsBlocked)
        {
            client.IsBlocked = false;
            _network.Watch(client.Handle, true, false);
        }
    }

    /// <summary>Waits for something to happen, and does what is to be done.</summary>
    /// <param name="timeoutMs">Longest wait in milliseconds; 0 for none.</param>
    /// <exception cref="OperationCanceledException">It is to end.</exception>
    public void Poll(int timeoutMs)
    {
        _cancel.ThrowIfCancellationRequested();
        int events = _network.Wait(timeoutMs);
        for (int i = 0; i < events; i++)
        {
            if (!_clients.TryGetValue(_network.HandleOf(i), out BenchClient? client))
            {
                continue;
            }

            if (client.Stage == ClientStage.Connecting)
            {
                Greet(client, _network.IsBroken(i));
                continue;
            }

            if (_network.IsReadable(i) || _network.IsBroken(i))
            {
                Read(client);
            }

            if (client.Handle >= 0 && _network.IsWritable(i))
            {
                Flush(client);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private void Greet(BenchClient client, bool hasFailed)
    {
        if (hasFailed)
        {
            End(client, $"{_broker} cannot be reached");
            return;
        }

        client.Stage = ClientStage.Asking;
        _handshake.Begin(client);
        _network.Watch(client.Handle, true, false);
        Flush(client);
    }

    private void Read(BenchClient client)
    {
        int got = _network.Receive(client.Handle, _buffer, _buffer.Length);
        if (got == Network.WouldBlock)
        {
            return;
        }

        if (got <= 0)
        {
            End(client, "the broker has closed the connection");
            return;
        }

        try
        {
            Inbox.Take(client, _buffer.AsSpan(0, got), NanoClock.Now());
            Flush(client);
        }
        catch (Exception e) when (e is InvalidDataException
            or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            End(client, NotMqtt);
        }
    }

    private void Answered(BenchClient client, byte[] packet)
    {
        string? why = _handshake.Answer(client, packet, out bool isKnown);
        if (why != null)
        {
            End(client, why);
            return;
        }

        Flush(client);
        if (!isKnown)
        {
            Other?.Invoke(client, (PacketKind)(packet[0] >> 4));
        }
        else if (client.Owed == 0 && client.Stage == ClientStage.Asking)
        {
            client.Stage = ClientStage.Up;
            Up++;
            Ready?.Invoke(client);
        }
    }

    private void End(BenchClient client, string why)
    {
        Close(client);
        client.Stage = ClientStage.Gone;
        Gone++;
        WhyGone = why;
    }
}
