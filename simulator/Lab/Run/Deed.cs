namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>What can happen in a scenario.</summary>
public enum Deed
{
    /// <summary>The client connects, if it is not connected.</summary>
    Connect,

    /// <summary>The client subscribes to Topic with Options, now and after each CONNECT.</summary>
    Subscribe,

    /// <summary>The client unsubscribes from Topic.</summary>
    Unsubscribe,

    /// <summary>The client publishes Bytes at Topic.</summary>
    Publish,

    /// <summary>The client says PINGREQ.</summary>
    Ping,

    /// <summary>The client says DISCONNECT, with ExpiryS if there is one, and ends the connection.
    /// </summary>
    Disconnect,

    /// <summary>The client resets the connection.</summary>
    Reset,

    /// <summary>The client ends the connection without DISCONNECT.</summary>
    End,

    /// <summary>The client loses power for ForMs; nobody is told.</summary>
    PowerOff,

    /// <summary>The client does not read for ForMs: its window closes.</summary>
    StopReading,

    /// <summary>Nothing that the client sends arrives for ForMs.</summary>
    Mute,

    /// <summary>Nothing arrives at the client for ForMs.</summary>
    Deafen,

    /// <summary>The client acknowledges nothing for ForMs, and then all of it.</summary>
    StopAcking,

    /// <summary>The client's next CONNECT begins a new session.</summary>
    Renew,

    /// <summary>No frame of the client passes for ForMs.</summary>
    Blackout,

    /// <summary>The client sends Hex as it is.</summary>
    SendBytes,

    /// <summary>For ForMs the client connects again and again, and is refused.</summary>
    Knock,

    /// <summary>The access point is gone for ForMs.</summary>
    Outage,

    /// <summary>The broker's machine loses power and starts again after ForMs.</summary>
    Reboot,

    /// <summary>The clock of the broker's machine jumps ahead by ForMs.</summary>
    ClockStep,
}
