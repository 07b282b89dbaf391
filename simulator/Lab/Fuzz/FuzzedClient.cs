using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>One connection of a case: its socket, what was said, and why it may end.</summary>
internal sealed class FuzzedClient
{
    private const int ShortageMs = 1000;

    private readonly List<byte> _unsent = [];
    private readonly BrokerSettings _settings;
    private readonly long _openedMs;

    public FuzzedClient(int slot, BrokerLimits limits, BrokerSettings settings, long nowMs)
    {
        Slot = slot;
        _settings = settings;
        _openedMs = nowMs;
        PacketMs = nowMs;
        TookMs = nowMs;
        var rules = new RefusalRules(limits, settings);
        Shadow = new ClientShadow(limits, rules);
        Ear = new ClientEar(Shadow, rules) { Delivered = message => Delivered?.Invoke(message) };
    }

    /// <summary>Its slot.</summary>
    public int Slot { get; }

    /// <summary>What it has sent.</summary>
    public ClientShadow Shadow { get; }

    /// <summary>What it has got.</summary>
    public ClientEar Ear { get; }

    /// <summary>Hears of each message that it gets.</summary>
    public Action<Packet>? Delivered { get; set; }

    /// <summary>Whether its socket takes nothing.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Whether its socket ever took nothing.</summary>
    public bool WasFrozen { get; set; }

    /// <summary>How many bytes come in one piece; 0 for as many as fit.</summary>
    public int Cut { get; set; }

    /// <summary>When a packet from it was whole last.</summary>
    public long PacketMs { get; set; }

    /// <summary>When it took bytes last.</summary>
    public long TookMs { get; set; }

    /// <summary>The event by which the broker told that it is over, and its Reason Code.</summary>
    public (BrokerEvent What, int Code, string? Why)? End { get; private set; }

    /// <summary>Bytes that the broker has not taken yet.</summary>
    public List<byte> Unsent => _unsent;

    /// <summary>The broker tells that the connection is over.</summary>
    /// <param name="what">The event.</param>
    /// <param name="code">Its Reason Code.</param>
    /// <param name="why">In words.</param>
    /// <param name="nowMs">The time.</param>
    /// <param name="others">All connections of the case.</param>
    public void Told(BrokerEvent what, int code, string? why, long nowMs,
        IEnumerable<FuzzedClient> others)
    {
        Require(End == null, $"ended twice: {End} and {what}");
        End = (what, code, why);
        if (what == BrokerEvent.Disconnected)
        {
            Require(Shadow.Leave?.Code == code, $"DISCONNECT 0x{code:X2} was not sent");
            return;
        }

        bool isRefusal = Shadow.Refusals.Any(r => r.Codes.Contains(code));
        Require(isRefusal || MayEnd(code, nowMs, others), $"ended with 0x{code:X2} \"{why}\"; "
            + "the strict reader has: " + string.Join("; ", Shadow.Refusals.Select(
                r => $"{r.What} -> {string.Join("/", r.Codes.Select(c => c.ToString("X2")))}")));
    }

    /// <summary>All has been said and the connection is closed.</summary>
    public void Closed()
    {
        Require(End != null, "closed without a word to the observer");
        bool isConnack = End!.Value.What == BrokerEvent.ConnectRefused;
        if (Ear.Goodbye is { } goodbye)
        {
            int code = goodbye.Kind == PacketKind.Connack && Ear.Version == 4
                ? ReturnCode(End.Value.Code) : End.Value.Code;
            Require(goodbye.Code == code, $"told {goodbye} instead of 0x{code:X2}");
        }

        bool mayBeSilent = WasFrozen || Ear.Version == 4
            || Shadow.Said?.Number(Property.MaximumPacketSize, 8) < 8
            || End.Value.What == BrokerEvent.Disconnected || (!isConnack && !IsConnected);
        Require(mayBeSilent || Ear.Goodbye != null, $"closed without a goodbye ({End})");
    }

    /// <summary>Whether its CONNECT was accepted.</summary>
    public bool IsConnected { get; set; }

    /// <summary>Reason Codes for what is nobody's fault or a matter of time.</summary>
    private bool MayEnd(int code, long nowMs, IEnumerable<FuzzedClient> others)
    {
        Packet? connect = Shadow.Connect;
        switch (code)
        {
            case 0x80: // A packet or answers that take too long.
                return nowMs - PacketMs >= ShortageMs
                    || nowMs - TookMs >= _settings.PacketTimeoutMs;
            case 0x89 or 0x9F: // Clients, or CONNECTs per second.
                return Shadow.Said != null && !IsConnected;
            case 0x8D: // [MQTT-3.1.2-22]
                int most = _settings.MaxKeepAliveS;
                int keepAlive = connect?.KeepAliveS ?? 0;
                keepAlive = most > 0 && (keepAlive == 0 || keepAlive > most) ? most : keepAlive;
                return keepAlive > 0 && nowMs - PacketMs >= keepAlive * 1500;
            case 0x8E: // [MQTT-3.1.4-3]
                return IsConnected && others.Any(other => other != this
                    && other.Shadow.Connect?.ClientId == connect?.ClientId);
            case 0x97: // Memory; what a client takes too slowly; an answer too large for it.
                return WasFrozen || (connect != null && !IsConnected)
                    || connect?.Has(Property.MaximumPacketSize) == true
                    || Shadow.Owed.Any(owed => owed.Filters.Count > 1);
            case 0xA0: // A CONNECT that does not come.
                return !IsConnected && nowMs - _openedMs >= ShortageMs;
            default:
                return false;
        }
    }

    // MQTT 3.1.1, table 3.1.
    private static int ReturnCode(int code) => code switch
    {
        0x84 => 1,
        0x85 => 2,
        0x86 => 4,
        0x87 or 0x8A or 0x8C => 5,
        _ => 3,
    };

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
