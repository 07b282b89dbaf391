using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>
/// The air between clients and device: forwards bytes both ways until it is cut. A cut leaves both
/// sides open and silent for ever, which is what lost Wi-Fi looks like to each of them.
/// </summary>
internal sealed class AirGap : IDisposable
{
    private readonly Socket _listener =
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private readonly List<Socket> _sockets = [];
    private readonly int _devicePort;
    private volatile int _age;

    /// <summary>Puts itself before a device.</summary>
    public AirGap(int devicePort)
    {
        _devicePort = devicePort;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint).Port;
        new Thread(Accept) { IsBackground = true }.Start();
    }

    /// <summary>Where the clients connect to.</summary>
    public int Port { get; }

    /// <summary>Nothing of what is connected now ever passes again; new ones pass.</summary>
    public void Cut() => _age++;

    public void Dispose()
    {
        _listener.Dispose();
        lock (_sockets)
        {
            _sockets.ForEach(socket => socket.Dispose());
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket client = _listener.Accept();
                var device = new Socket(
                    AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                lock (_sockets)
                {
                    _sockets.Add(client);
                    _sockets.Add(device);
                }

                try
                {
                    device.Connect(IPAddress.Loopback, _devicePort);
                }
                catch (SocketException)
                {
                    client.Dispose();
                    continue;
                }

                int age = _age;
                new Thread(() => Forward(client, device, age)) { IsBackground = true }.Start();
                new Thread(() => Forward(device, client, age)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Forward(Socket from, Socket to, int age)
    {
        var buffer = new byte[4096];
        try
        {
            int got;
            while ((got = from.Receive(buffer)) > 0)
            {
                if (age == _age)
                {
                    to.Send(buffer, got, SocketFlags.None);
                }
            }

            if (age == _age)
            {
                to.Dispose();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            if (age == _age)
            {
                to.Dispose();
            }
        }
    }
}
