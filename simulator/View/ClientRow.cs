using System;

namespace EdgeBroker.Simulator.View;

/// <summary>A connected client as the view shows it.</summary>
/// <param name="Id">Its Client Identifier in a form that prints.</param>
/// <param name="Address">Where it comes from.</param>
/// <param name="Version">Its protocol version.</param>
/// <param name="Since">When it came (UTC).</param>
/// <param name="InRate">Messages per second from it.</param>
/// <param name="OutRate">Messages per second to it.</param>
/// <param name="ByteRate">Bytes per second, both ways.</param>
/// <param name="Waiting">Messages that wait for it.</param>
/// <param name="IsFull">Whether its queue is full, so that it loses messages.</param>
/// <param name="Lost">Messages that it lost.</param>
/// <param name="IsLostShared">Whether Lost is its share of what several lost together.</param>
public readonly record struct ClientRow(string Id, string Address, byte Version, DateTime Since,
    double InRate, double OutRate, double ByteRate, int Waiting, bool IsFull, long Lost,
    bool IsLostShared)
{
    /// <summary>Messages per second, both ways.</summary>
    public double Rate => InRate + OutRate;
}
