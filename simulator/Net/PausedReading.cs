using System;
using System.Collections.Generic;

namespace EdgeBroker.Simulator.Net;

/// <summary>
/// The connections that are not read because the broker takes nothing from them now. After each
/// turn that did something all are asked again, but only some of them at once.
/// </summary>
internal sealed class PausedReading
{
    /// <summary>How many are asked in one turn.</summary>
    public const int MostAtOnce = 256;

    private readonly List<Connection> _list = [];
    private readonly Func<int, int> _windowOf;
    private readonly Action<Connection> _resume;
    private int _hand;
    private int _left;

    /// <param name="windowOf">How many bytes the broker takes from a slot.</param>
    /// <param name="resume">Called with each that may be read again.</param>
    public PausedReading(Func<int, int> windowOf, Action<Connection> resume)
    {
        _windowOf = windowOf;
        _resume = resume;
    }

    /// <summary>How many there are, some of which are closed already.</summary>
    public int Count => _list.Count;

    /// <summary>Whether some have not been asked yet, so that the host must not sleep.</summary>
    public bool HasMore => _left > 0 && _list.Count > 0;

    /// <summary>The broker takes nothing more from a connection now.</summary>
    public void Add(Connection connection)
    {
        connection.IsReadPaused = true;
        _list.Add(connection);
    }

    /// <summary>Something has happened: each has to be asked once.</summary>
    public void BeginRound()
    {
        _left = _list.Count;
    }

    /// <summary>Asks some, and lets those go on that the broker takes something from.</summary>
    public void Ask()
    {
        for (int i = 0; i < MostAtOnce && HasMore; i++, _left--)
        {
            _hand = _hand < _list.Count ? _hand : 0;
            Connection connection = _list[_hand];
            bool isGone = connection.Slot < 0;
            if (!isGone && _windowOf(connection.Slot) == 0)
            {
                _hand++;
                continue;
            }

            _list[_hand] = _list[^1];
            _list.RemoveAt(_list.Count - 1);
            if (!isGone)
            {
                connection.IsReadPaused = false;
                _resume(connection);
            }
        }
    }
}
