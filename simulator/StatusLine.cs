using System;

namespace EdgeBroker.Simulator;

/// <summary>One line on a terminal that tells how far long work is; nothing into files.</summary>
internal sealed class StatusLine
{
    private readonly bool _isShown = !Console.IsErrorRedirected;
    private int _width;

    /// <summary>Shows a line in the place of the one before.</summary>
    public void Show(string line)
    {
        if (_isShown)
        {
            Console.Error.Write("\r" + line.PadRight(_width));
            _width = line.Length;
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_width > 0)
        {
            Console.Error.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }
}
