using System;

namespace EdgeBroker.Simulator.View;

/// <summary>Messages and bytes in one direction, and how fast they come.</summary>
public sealed class Flow
{
    // A rate that follows a change within some seconds, and does not jump between two samples.
    private const double SmoothingMs = 2000;

    private long _sampledMessages;
    private long _sampledBytes;

    /// <summary>Messages since the start.</summary>
    public long Messages;

    /// <summary>Bytes since the start.</summary>
    public long Bytes;

    /// <summary>Messages per second.</summary>
    public double MessageRate { get; private set; }

    /// <summary>Bytes per second.</summary>
    public double ByteRate { get; private set; }

    /// <summary>Brings the rates up to date.</summary>
    /// <param name="elapsedMs">Time since the last call; more than 0.</param>
    public void Sample(double elapsedMs)
    {
        MessageRate = Follow(MessageRate, Messages - _sampledMessages, elapsedMs);
        ByteRate = Follow(ByteRate, Bytes - _sampledBytes, elapsedMs);
        _sampledMessages = Messages;
        _sampledBytes = Bytes;
    }

    /// <summary>The next value of a smoothed rate.</summary>
    /// <returns>Per second; 0 rather than the last traces of a rate that has ended.</returns>
    private static double Follow(double rate, long growth, double elapsedMs)
    {
        double now = growth * 1000 / elapsedMs;
        rate += (now - rate) * (1 - Math.Exp(-elapsedMs / SmoothingMs));
        return rate < 0.05 ? 0 : rate;
    }
}
