using System;
using System.IO;
using System.Threading;

namespace EdgeBroker.Simulator.View;

/// <summary>Reads keys on a thread of its own until one of them ends it.</summary>
public sealed class Keyboard
{
    private readonly Func<ConsoleKeyInfo, bool> _press;

    /// <param name="press">Takes a key; returns false when no more are wanted.</param>
    public Keyboard(Func<ConsoleKeyInfo, bool> press)
    {
        _press = press;
    }

    /// <summary>Whether there is one.</summary>
    public static bool Exists()
    {
        return !Console.IsInputRedirected;
    }

    /// <summary>Begins to read.</summary>
    public void Start()
    {
        new Thread(Read) { IsBackground = true, Name = "keys" }.Start();
    }

    private void Read()
    {
        try
        {
            // Not shown: it would stand in the middle of the picture.
            while (_press(Console.ReadKey(true)))
            {
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The terminal has gone.
        }
    }
}
