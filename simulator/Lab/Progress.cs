using System;

namespace EdgeBroker.Simulator.Lab;

/// <summary>One line on a terminal that tells how far long work is; nothing into files.</summary>
internal sealed class Progress(int count)
{
    private readonly bool _isShown = !Console.IsErrorRedirected;
    private int _width;

    /// <summary>Shows how far it is.</summary>
    public void Show(int done, long virtualMs)
    {
        if (_isShown)
        {
            double hours = virtualMs / 3_600_000.0;
            string line = $"{done:N0} of {count:N0} runs, {hours:N1} virtual hours";
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
        }
    }
}
