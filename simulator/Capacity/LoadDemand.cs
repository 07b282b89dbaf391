using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Boards;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Cost;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>What a fleet takes of a board while it works: queues, memory, time, air.</summary>
internal sealed class LoadDemand(IReadOnlyList<FleetNode> nodes, BoardProfile board)
{
    private const double Second = 1e9;
    private const int Percent = 100;
    private const int SegmentsInFlight = 8;

    private readonly FleetTraffic _traffic = new(nodes);

    /// <summary>All of it.</summary>
    public IEnumerable<Resource> Resources() =>
        [.. Places(), .. Queues(), .. Memory(), Cpu(), Wifi()];

    private IEnumerable<Resource> Places()
    {
        yield return new Resource("clients", nodes.Count, board.Limits.MaxConnections, "",
            "CONNECT is refused");
        yield return new Resource("sockets", nodes.Count + 1 + board.Limits.ConnectSlots,
            board.Sockets, "", "nobody can take over");
    }

    private IEnumerable<Resource> Queues()
    {
        const string Lost = "a lost frame can cost messages";
        yield return new Resource("queue of a client",
            Math.Ceiling(_traffic.Waiting(BoardRates.LostFrameS)),
            board.Limits.MaxQueuedMessages, "messages", Lost)
        {
            IsHard = false,
        };
        yield return new Resource("bytes of that queue",
            Math.Ceiling(_traffic.WaitingBytes(BoardRates.LostFrameS)),
            board.Limits.MaxQueuedBytes, "bytes", Lost)
        {
            IsHard = false,
        };
    }

    private IEnumerable<Resource> Memory()
    {
        yield return new Resource("managed heap", HostLedger.Bytes(board),
            board.FreeBytes(), "bytes", "the board does not start")
        {
            IsFixed = true,
        };

        // One client stands still, the others acknowledge. Below a half the firmware saves.
        int readers = _traffic.AtOnce.Count(messages => messages > 0);
        int segments = readers > 0 ? SegmentsInFlight + readers - 1 : 0;
        int native = NetStack.ListenerBytes + (nodes.Count * NetStack.ConnectionBytes)
            + (segments * NetStack.SegmentBytes);
        yield return new Resource("native heap", native, NativeBytes(board) / 2, "bytes",
            "short messages wait for each other")
        {
            IsHard = false,
        };
    }

    /// <summary>Native bytes that are counted on.</summary>
    public static int NativeBytes(BoardProfile board) => board.Sockets < BoardRates.ManySockets
        ? BoardRates.FewNativeBytes
        : BoardRates.NativeBytes;

    private Resource Cpu()
    {
        CpuCosts usual = CpuCosts.Of(4);
        double ns = (BoardRates.TurnsPerS * usual.Turn) + usual.Tick
            + (_traffic.PingsPerS * usual.Ping);
        bool areManyNames = _traffic.Topics.Count > board.Limits.RouteEntries;
        foreach (FleetTraffic.Stream stream in _traffic.Streams)
        {
            CpuCosts costs = CpuCosts.Of((byte)stream.Node.Group.Version);
            double once = stream.Subscribers == 0
                ? costs.Unheard
                : costs.Publish + ((stream.Subscribers - 1) * costs.Subscriber);
            bool isNew = areManyNames
                || FleetNode.Bytes(stream.What.Topic) > board.Limits.RouteTopicLength;
            ns += stream.What.Rate * (once + (isNew ? costs.NewName : 0));
        }

        BoardSpeed speed = BoardSpeed.Of(board);
        double onPc = Percent * ns / Second;
        return new Resource("processor", onPc * speed.Most, Percent * BoardRates.CpuShare, "%",
            "messages come late, publishers have to wait")
        {
            Least = onPc * speed.Least,
        };
    }

    // Each message is a frame of its own, and each frame is acknowledged by another.
    private Resource Wifi()
    {
        const int Frame = BoardRates.HeaderBytes + BoardRates.FrameBytes;
        const int Ping = 2;
        double bytes = 2 * _traffic.PingsPerS * (Ping + (2 * Frame));
        foreach (FleetTraffic.Stream stream in _traffic.Streams)
        {
            int packet = TableDemand.PacketBytes(stream.Node, stream.What);
            bytes += stream.What.Rate * (1 + stream.Subscribers) * (packet + (2 * Frame));
        }

        return new Resource("Wi-Fi", bytes, BoardRates.WifiBytesPerS, "bytes/s",
            "messages come late");
    }
}
