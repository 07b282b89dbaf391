namespace EdgeBroker.Simulator.Capacity;

/// <summary>What is counted on of a board beside its profile, each with its source. Nothing of it
/// was measured on a board.</summary>
internal static class BoardRates
{
    /// <summary>
    /// The part of the processor that the broker may take: lwIP, Wi-Fi and the collection of
    /// garbage need the rest, and nobody has measured how much that is.
    /// </summary>
    public const double CpuShare = 0.5;

    /// <summary>When nothing moves, the runtime wakes up so often in a second.</summary>
    public const int TurnsPerS = 100;

    /// <summary>
    /// Bytes that Wi-Fi is to carry in a second, both directions together: a tenth of the 20
    /// Mbit/s of TCP that Espressif's guide tells of the ESP32 in the air of a laboratory. Others
    /// use the same air, and short frames need nearly as long as full ones.
    /// </summary>
    public const int WifiBytesPerS = 250_000;

    /// <summary>Bytes of IPv4 and TCP around what is sent, and of an acknowledgement.</summary>
    public const int HeaderBytes = 40;

    /// <summary>Bytes of 802.11 and LLC around a frame.</summary>
    public const int FrameBytes = 36;

    /// <summary>
    /// Native bytes that are free with Wi-Fi up: an ESP32 is said to have 100 to 170 KB.
    /// </summary>
    public const int NativeBytes = 100_000;

    /// <summary>The same for boards with few sockets: assumed, nobody has told of one.</summary>
    public const int FewNativeBytes = 60_000;

    /// <summary>Boards with fewer sockets than this have less native memory.</summary>
    public const int ManySockets = 16;

    /// <summary>How long lwIP waits until it repeats a frame that was lost.</summary>
    public const double LostFrameS = 1.5;
}
