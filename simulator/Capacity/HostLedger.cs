using System;
using EdgeBroker.Boards;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>
/// What the firmware wants of the managed heap: the broker's ledger and the lines of BootLedger,
/// which only the firmware may see.
/// </summary>
internal static class HostLedger
{
    private const int SocketBytes = 120 + 12;
    private const int ObjectBytes = 2200;
    private const int ReserveBytes = 5364;
    private const int ChunkSize = 1024;

    /// <summary>Bytes of all lines, what stays free for calls among them.</summary>
    public static long Bytes(BoardProfile board)
    {
        BrokerLimits limits = board.Limits;
        int buffer = Math.Max(limits.ReceiveSize, Math.Min(limits.MaxPacketSize, ChunkSize));
        return new MemoryLedger(limits).TotalBytes() + ((long)limits.Slots() * SocketBytes)
            + MemoryLedger.Raw(buffer) + ObjectBytes + ReserveBytes;
    }
}
