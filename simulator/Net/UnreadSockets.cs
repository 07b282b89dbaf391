using System;
using System.Collections.Generic;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// Finds connections that break while nobody reads from them. Socket.Select tells it on no system,
/// and not every system in the same way, so some are asked at each wait.
/// </summary>
internal sealed class UnreadSockets
{
    private readonly List<Socket> _sockets = [];
    private readonly Dictionary<Socket, int> _places = [];
    private readonly byte[] _peek = new byte[1];
    private int _hand;

    /// <summary>Begins or ends to look after a socket.</summary>
    public void Keep(Socket socket, bool isKept)
    {
        bool isThere = _places.TryGetValue(socket, out int place);
        if (isKept && !isThere)
        {
            _places[socket] = _sockets.Count;
            _sockets.Add(socket);
        }
        else if (!isKept && isThere)
        {
            Socket last = _sockets[^1];
            _sockets[place] = last;
            _places[last] = place;
            _sockets.RemoveAt(_sockets.Count - 1);
            _places.Remove(socket);
        }
    }

    /// <summary>Looks at some of them in turn.</summary>
    /// <param name="broken">Takes those whose connection is gone.</param>
    /// <param name="most">How many to look at.</param>
    public void FindBroken(List<Socket> broken, int most)
    {
        for (int i = Math.Min(most, _sockets.Count); i > 0; i--)
        {
            _hand = _hand < _sockets.Count ? _hand : 0;
            if (IsBroken(_sockets[_hand]))
            {
                broken.Add(_sockets[_hand]);
            }

            _hand++;
        }
    }

    /// <summary>Linux and macOS keep the error apart; on Windows reading fails.</summary>
    private bool IsBroken(Socket socket)
    {
        try
        {
            object? error = socket.GetSocketOption(
                SocketOptionLevel.Socket, SocketOptionName.Error);
            if (error is not 0)
            {
                return true;
            }
        }
        catch (SocketException)
        {
            return true;
        }

        socket.Receive(_peek, 0, 1, SocketFlags.Peek, out SocketError peeked);
        return NetworkErrors.Of(peeked) == Network.Failed && peeked != SocketError.Success;
    }
}
