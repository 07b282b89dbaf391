using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace EdgeBroker.Tests.Interop.Cuts;

/// <summary>A network between clients and a broker that ends each connection, again and again.
/// </summary>
internal sealed class CutProxy : IDisposable
{
    private readonly object _gate = new();
    private readonly List<CutConnection> _connections = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _broker;
    private readonly Func<int, CutPlan> _plan;
    private int _cuts;
    private bool _isKind;
    private bool _isOver;

    /// <param name="port">Where the broker listens on 127.0.0.1.</param>
    /// <param name="plan">When the connection with a number ends; called by one thread.</param>
    public CutProxy(int port, Func<int, CutPlan> plan)
    {
        _broker = new IPEndPoint(IPAddress.Loopback, port);
        _plan = plan;
        _listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    /// <summary>Where the clients connect on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that it has ended so far.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>From now on no connection is cut.</summary>
    public void Relent()
    {
        lock (_gate)
        {
            _isKind = true;
            _connections.ForEach(connection => connection.Relent());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Stop();
        CutConnection[] connections;
        lock (_gate)
        {
            _isOver = true;
            connections = [.. _connections];
        }

        foreach (CutConnection connection in connections)
        {
            connection.Dispose();
        }
    }

    private void Accept()
    {
        try
        {
            for (int number = 0; ; number++)
            {
                Begin(_listener.AcceptSocket(), number);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private void Begin(Socket client, int number)
    {
        var broker = new Socket(SocketType.Stream, ProtocolType.Tcp);
        broker.Connect(_broker);
        var connection = new CutConnection(client, broker, _plan(number))
        {
            WasCut = () => Interlocked.Increment(ref _cuts),
        };
        lock (_gate)
        {
            if (!_isOver)
            {
                _connections.RemoveAll(old => old.IsOver);
                _connections.Add(connection);
                if (_isKind)
                {
                    connection.Relent();
                }

                connection.Begin();
                return;
            }
        }

        connection.Dispose();
    }
}
