using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// After each verb of the core: has the reference broker handle what the core handled, in the same
/// order, and holds the two against each other.
/// </summary>
public sealed class Follower(MqttBroker core, CoreWatcher watcher, ReferenceBroker reference,
    Allowances allowances, BrokerSettings settings, IReadOnlyDictionary<int, LockstepClient> slots)
{
    /// <summary>The time for a CONNECT when every slot is taken.</summary>
    private const int ShortestConnectMs = 1000;

    private int _turn = MqttBroker.None;
    private LockstepClient[] _slow = [];

    /// <summary>Largest CONNECT in bytes.</summary>
    public int MaxConnectSize { get; init; }

    /// <summary>Largest packet in bytes.</summary>
    public int MaxPacketSize { get; init; }

    /// <summary>Blocks of message memory that are kept for responses.</summary>
    public int ReservedBlocks { get; init; }

    /// <summary>A verb begins.</summary>
    /// <param name="nowMs">Its time.</param>
    public void Begin(long nowMs)
    {
        reference.Turn++;
        reference.NowMs = nowMs;
        _turn = watcher.NextTurn;
        _slow = [.. slots.Values.Where(c => c.IsBlocked)];
        watcher.Begin();
    }

    /// <summary>A verb has ended.</summary>
    /// <param name="read">The connection that was read, or None.</param>
    public void End(int read)
    {
        int packets = watcher.Handled;
        int slot = read != MqttBroker.None ? read : _turn;
        slots.TryGetValue(slot, out LockstepClient? heard);
        Require(packets == 0 || heard != null, "a packet was handled and nobody sent it");
        EndMeanwhile();
        for (int i = 1; i <= packets; i++)
        {
            // Whoever is crowded handles nothing more: before the last packet no Will waits.
            allowances.Begin(slot, i - 1, 0);
            reference.PublishWills();
            allowances.Begin(slot, i, i < packets ? 0 : watcher.WaitingWills);
            Handle(heard!);
            if (i == packets)
            {
                EndByHeader(heard!, i);
            }
        }

        allowances.Begin(MqttBroker.None, packets, watcher.WaitingWills);
        reference.PublishWills();
        CheckDrops();
        CheckEnds();
        string? fault = ResponseShare.Fault(core, ReservedBlocks);
        Require(fault == null, $"{fault}");
        foreach (LockstepClient client in slots.Values)
        {
            client.WasPutOff |= client.HasWholePacket;
            CheckState(client);
        }
    }

    private void Handle(LockstepClient client)
    {
        bool isStranger = !client.Reference.IsConnected;
        int first = client.FirstByte;
        Packet? packet = client.Next();
        if (packet == null)
        {
            if (isStranger)
            {
                client.Reader.Version = core.VersionOf(client.Slot) == 5 ? 5 : 4;
            }

            // What is wrong twice may be told either way (section 4.13.1).
            reference.ReceiveMalformed(client.Reference,
                first >> 4 == (int)PacketKind.Publish ? [0x81, 0x82, 0x90, 0x94, 0x9A, 0x9B]
                    : [0x81, 0x82, 0x84]);
            return;
        }

        if (isStranger && packet.Kind == PacketKind.Connect)
        {
            client.Reader.Version = packet.Version;
            ReferenceConnection? older = slots.Values.Select(c => c.Reference).FirstOrDefault(
                r => r.IsConnected && r.ClientId == packet.ClientId && packet.ClientId != "");
            allowances.BeginConnect(reference.Clients, older != null);
        }

        // One whose socket takes nothing goes without a word when it is taken over.
        foreach (LockstepClient other in _slow.Where(c => watcher.Happenings.Any(h =>
            h.Slot == c.Slot && h.Moved[Counter.Takeovers] > 0)))
        {
            other.IsCutOff = true;
        }

        reference.Receive(client.Reference, packet);
    }

    // A Fixed Header that is refused: no packet is handled then.
    private void EndByHeader(LockstepClient client, int packets)
    {
        CoreEvent? end = watcher.Happenings.LastOrDefault(h => h.What == BrokerEvent.Closed
            && h.Slot == client.Slot && h.Packet == packets);
        if (end == null || client.Reference.MustClose)
        {
            return;
        }

        bool isStranger = !client.Reference.IsConnected;
        bool isSized = client.Size(out int size);
        Allowance? allowance = Allowance.For(Deviation.EndsForHeader, end);
        if (allowance?.Count == Counter.LimitPacketSize)
        {
            Require(isSized && size > (isStranger ? MaxConnectSize : MaxPacketSize),
                $"client {client.Number}: its packet is not too large");
            allowances.Use(allowance);
            reference.Disconnect(client.Reference, end.Code);
            return;
        }

        Require(isStranger && client.FirstByte != 0x10 || (isSized && size < 0),
            $"client {client.Number} was closed with 0x{end.Code:X2} for nothing");
        reference.ReceiveMalformed(client.Reference, 0x81, 0x82);
        client.Reference.MayBeRefused = false;
    }

    // What ends before the first packet is handled: time is over, or room is needed.
    private void EndMeanwhile()
    {
        foreach (CoreEvent end in watcher.Happenings.Where(h => h.Packet == 0).ToArray())
        {
            if (end.What != BrokerEvent.Closed)
            {
                continue;
            }

            LockstepClient client = slots[end.Slot];
            Allowance? allowance = Allowance.For(Deviation.EndsMeanwhile, end);
            int over = reference.TimeIsOver(client.Reference);
            if (end.Moved[Counter.KeepAliveTimeouts] > 0)
            {
                Require(over == 0x8D, $"client {client.Number}: Keep Alive is not over");
            }
            else if (allowance == null)
            {
                if (watcher.Handled == 0)
                {
                    EndByHeader(client, 0);
                }

                continue;
            }

            Require(allowance?.Count != Counter.LimitMessageMemory || client.IsBlocked,
                $"client {client.Number} was closed for want of memory and was not slow");
            Require(allowance?.Count != Counter.LimitQueueTime || client.DropTurn >= 0,
                $"client {client.Number} was closed as slow and has lost nothing");
            Require(allowance?.Count != Counter.LimitConnectTime || over == 0xA0
                || reference.NowMs - client.Reference.HeardMs >= ShortestConnectMs,
                $"client {client.Number}: the time for CONNECT is not over");
            client.IsCutOff |= allowance?.Count == Counter.LimitMessageMemory;
            allowances.Use(allowance);
            reference.Disconnect(client.Reference, end.Code);
        }
    }

    private void CheckDrops()
    {
        long tooLarge = watcher.Moved(Counter.LimitClientPacketSize);
        long dropped = watcher.Moved(Counter.PublishDropped) - tooLarge;
        Allowance[] reasons = [.. Allowance.All.Where(
            a => a.What == Deviation.DropsMessage && watcher.Moved(a.Count) > 0)];
        Require(dropped <= reasons.Sum(r => watcher.Moved(r.Count)), "dropped without a limit");
        Require(dropped == 0 || _slow.Length > 0, "dropped though nobody was slow");
        if (dropped > 0)
        {
            foreach (Allowance reason in reasons)
            {
                allowances.Use(reason);
            }

            foreach (LockstepClient client in _slow)
            {
                client.DropTurn = reference.Turn;
            }
        }
    }

    // Nobody will hear what was queued for one that has ended; all the rest was sent or dropped.
    private void CheckEnds()
    {
        foreach (CoreEvent end in watcher.Happenings.Where(h => h.IsEnd))
        {
            LockstepClient client = slots[end.Slot];
            int gone = -end.Queued;
            foreach (Outgoing one in client.Reference.Out)
            {
                gone += one.Packet.Kind == PacketKind.Publish && !ReferenceBroker.IsExpired(
                    one.Message, one.SinceMs, reference.NowMs) ? 1 : 0;
            }

            Require(gone <= 0 || client.DropTurn >= 0,
                $"client {client.Number} has lost {gone} messages and was not slow");
        }
    }

    private void CheckState(LockstepClient client)
    {
        ConnectionState state = core.StateOf(client.Slot);
        bool isClosing = state == ConnectionState.Closing;
        Require(isClosing == client.Reference.MustClose
            && (state == ConnectionState.Connected) == client.Reference.IsConnected,
            $"client {client.Number} is {state}"
            + (client.Reference.MustClose ? ", but must be closed" : ", but may stay"));
        if (isClosing && client.ClosingMs < 0)
        {
            client.ClosingMs = reference.NowMs;
            client.HasGoodbye = watcher.Moved(Counter.LimitMessageMemory) == 0;
        }

        if (isClosing && !client.IsCutOff && core.WantsClose(client.Slot))
        {
            bool isLate = reference.NowMs - client.ClosingMs >= settings.ClosingTimeoutMs;
            Allowance? allowance = Allowance.All.FirstOrDefault(a => a.What == Deviation.CutsOff
                && watcher.Moved(a.Count) > 0
                && (a.Count == Counter.LimitClosingTime ? isLate : _slow.Contains(client)));
            allowances.Use(allowance);
            client.IsCutOff = allowance != null;
        }
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
