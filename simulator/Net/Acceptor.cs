using System;
using System.Collections.Generic;
using System.Net;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Lets connections in, as long as the broker has slots and the system has handles. Who finds none
/// waits in the system's backlog.
/// </summary>
internal sealed class Acceptor : IDisposable
{
    private const int HandlePauseMs = 200;
    private const int Odd = 16_777_619;

    private readonly MqttBroker _broker;
    private readonly Network _network;
    private readonly Connections _connections;
    private readonly LingeringConnections _lingering;
    private readonly int _mostConnections = HandleLimit.MostConnections(HandleLimit.Read());
    private readonly bool _tellsAddresses;
    private readonly List<int> _listeners = [];
    private readonly HandleReserve _reserve = new();
    private bool _isPaused;
    private bool _hasNoHandles;
    private long _againMs;

    /// <param name="broker">The core.</param>
    /// <param name="network">The sockets.</param>
    /// <param name="connections">Takes the new connections.</param>
    /// <param name="lingering">Gives up its oldest one when handles get few.</param>
    /// <param name="tellsAddresses">Whether the broker counts by address.</param>
    public Acceptor(MqttBroker broker, Network network, Connections connections,
        LingeringConnections lingering, bool tellsAddresses)
    {
        _broker = broker;
        _network = network;
        _connections = connections;
        _lingering = lingering;
        _tellsAddresses = tellsAddresses;
    }

    /// <summary>Told once that the handles have run out, and once that there are some.</summary>
    public Action<bool>? HandlesChanged { get; set; }

    /// <summary>Whether a handle belongs to a listening socket.</summary>
    public bool Owns(int handle)
    {
        return _listeners.Contains(handle);
    }

    /// <summary>Opens a listening socket.</summary>
    public IPEndPoint Listen(IPEndPoint address, bool takesIPv4)
    {
        _listeners.Add(_network.Listen(address, takesIPv4, out IPEndPoint taken));
        return taken;
    }

    /// <summary>Takes everybody who waits.</summary>
    public void Accept(int listener, long now)
    {
        while (!_isPaused)
        {
            if (!_broker.CanOpen())
            {
                Pause(now);
                return;
            }

            if (_connections.Count >= _mostConnections)
            {
                _lingering.End(now, _lingering.Count - 1);
            }

            int handle = _network.Accept(listener);
            if (handle == Network.NoHandle)
            {
                Pause(now + HandlePauseMs);
                LoseHandles();
            }

            if (handle < 0)
            {
                return;
            }

            if (_hasNoHandles)
            {
                _hasNoHandles = false;
                HandlesChanged?.Invoke(true);
            }

            _connections.Add(handle, _broker.Open(AddressOf(handle), now));
        }
    }

    /// <summary>Goes on when there are slots and handles again.</summary>
    public void Resume(long now)
    {
        if (!_isPaused || now < _againMs || !_broker.CanOpen())
        {
            return;
        }

        if (_hasNoHandles && !_reserve.TryFill())
        {
            _againMs = now + HandlePauseMs;
            return;
        }

        _isPaused = false;
        Watch(true);
    }

    /// <summary>Closes the listening sockets.</summary>
    public void Close()
    {
        foreach (int listener in _listeners)
        {
            _network.Close(listener);
        }

        _listeners.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reserve.Dispose();
    }

    private void LoseHandles()
    {
        _reserve.Release();
        if (!_hasNoHandles)
        {
            _hasNoHandles = true;
            HandlesChanged?.Invoke(false);
        }
    }

    private void Pause(long untilMs)
    {
        _isPaused = true;
        _againMs = untilMs;
        Watch(false);
    }

    private void Watch(bool isOn)
    {
        foreach (int listener in _listeners)
        {
            _network.Watch(listener, isOn, false);
        }
    }

    /// <summary>A number for the address that a connection comes from.</summary>
    private int AddressOf(int handle)
    {
        return _tellsAddresses && _network.RemoteOf(handle) is IPEndPoint remote
            ? NumberOf(remote.Address)
            : 0;
    }

    /// <summary>The bytes of an address, folded. GetHashCode is another number in each process,
    /// and a run of the laboratory has to be the same in all of them.</summary>
    private static int NumberOf(IPAddress address)
    {
        int number = 0;
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i += sizeof(int))
        {
            number = (number * Odd) + BitConverter.ToInt32(bytes, i);
        }

        return number;
    }
}
