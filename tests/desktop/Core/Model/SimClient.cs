using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>
/// A client: what it has subscribed to, what it sends, what its socket takes, and what it is to
/// get. What it gets is compared here.
/// </summary>
internal sealed class SimClient
{
    /// <summary>A socket that always takes everything.</summary>
    public const int Endless = int.MaxValue;

    private readonly List<byte> _out = [];
    private byte[] _in = [];
    private int _given;
    private int _lateMessages;

    public int Slot { get; init; }

    public int Version { get; init; }

    public string ClientId { get; init; }

    /// <summary>Its Maximum Packet Size.</summary>
    public int MaxPacket { get; init; } = int.MaxValue;

    /// <summary>The message that it leaves, or null.</summary>
    public SimMessage Will { get; init; }

    public bool IsWillRetained { get; init; }

    /// <summary>Bytes that its socket takes until it is read again.</summary>
    public int Room { get; set; } = Endless;

    /// <summary>Whether nobody ever reads from its socket again.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Bytes that the host holds for it, for its socket did not take them.</summary>
    public int Unsent { get; set; }

    /// <summary>Whether its socket was asked and refused.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>The last verb that dropped something while it was blocked; -1 for never.</summary>
    public long DropVerb { get; set; } = -1;

    public bool IsConnected { get; set; }

    public bool IsEnded { get; private set; }

    /// <summary>Filters with their options.</summary>
    public Dictionary<string, int> Filters { get; } = [];

    /// <summary>Every SUBSCRIBE that asked for what is retained, also of filters gone.</summary>
    public List<(string Filter, long Verb)> Replays { get; } = [];

    /// <summary>When each filter was given up last.</summary>
    public Dictionary<string, long> Unsubscribed { get; } = [];

    /// <summary>How often each retained message came.</summary>
    public Dictionary<SimMessage, int> Replayed { get; } = [];

    public List<Expectation> Expected { get; } = [];

    /// <summary>How many of Expected are past.</summary>
    public int Next { get; private set; }

    /// <summary>Packets not handled yet.</summary>
    public Queue<SimPacket> Packets { get; } = new();

    /// <summary>Bytes that the broker has not taken yet.</summary>
    public int Pending => _out.Count - _given;

    /// <summary>Bytes that the broker has taken.</summary>
    public int Given => _given;

    /// <summary>Whether it waits for no packet of its own.</summary>
    public bool IsIdle => Packets.Count == 0 && Pending == 0;

    /// <summary>Sends a packet.</summary>
    public void Send(byte[] packet, Action handle)
    {
        _out.AddRange(packet);
        Packets.Enqueue(new SimPacket(_out.Count, handle));
    }

    /// <summary>The next bytes that it sends.</summary>
    public byte[] Give(int count)
    {
        byte[] bytes = [.. _out.GetRange(_given, count)];
        _given += count;
        return bytes;
    }

    /// <summary>Its session is over: what it was to get, but for responses, is void.</summary>
    public void End()
    {
        IsConnected = false;
        IsEnded = true;
        Filters.Clear();
        Packets.Clear();
    }

    /// <summary>Messages of some kind that it has not got yet.</summary>
    public int Outstanding(Func<SimMessage, bool> holds) =>
        Expected.Skip(Next).Count(e => e.Message != null && holds(e.Message));

    /// <summary>Takes bytes that the broker sends it.</summary>
    /// <param name="bytes">What comes.</param>
    /// <param name="model">Told of what is missing, and of what is replayed.</param>
    public void Take(byte[] bytes, DeliveryModel model)
    {
        _in = [.. _in, .. bytes];
        int at = 0;
        while (at < _in.Length)
        {
            int used = FixedHeader.DecodeRemainingLength(_in, at + 1, _in.Length, out int length);
            if (used <= 0 || at + 1 + used + length > _in.Length)
            {
                Require(used >= 0, "Remaining Length");
                break;
            }

            int body = at + 1 + used;
            if (_in[at] >> 4 == PacketType.Publish)
            {
                TakeMessage(_in[at], _in.AsSpan(body, length), body + length - at, model);
            }
            else
            {
                TakeResponse(_in.AsSpan(at, body + length - at), model);
            }

            at = body + length;
        }

        _in = _in[at..];
    }

    private void TakeMessage(byte first, ReadOnlySpan<byte> body, int size, DeliveryModel model)
    {
        int topic = (body[0] << 8) | body[1];
        ReadOnlySpan<byte> rest = body[(2 + topic)..];
        ReadOnlySpan<byte> properties = default;
        if (Version == 5)
        {
            int used = FixedHeader.DecodeRemainingLength(
                rest.ToArray(), 0, rest.Length, out int length);
            properties = rest[used..(used + length)];
            rest = rest[(used + length)..];
        }

        SimMessage message = model.Find(body.Slice(2, topic), rest);
        Require(message != null, "a message that nobody sent");
        Require((first & 0xFE) == 0x30, $"flags {first:x2} of {message.Number}");
        Require(size <= MaxPacket, "larger than the client takes");
        if (Version == 5)
        {
            CheckProperties(properties, message, model.NowMs);
        }

        if (IsEnded)
        {
            Require(_lateMessages++ == 0, "messages after the end");
            return;
        }

        bool isRetained = (first & 1) != 0;
        int found = Expected.FindIndex(
            Next, e => e.Message == message && e.IsRetained == isRetained);
        if (found >= 0)
        {
            SkipTo(found, model);
            Next = found + 1;
            return;
        }

        Require(isRetained, $"message {message.Number} of {message.Topic} was not to come");
        Replayed[message] = Replayed.GetValueOrDefault(message) + 1;
        model.CheckReplay(this, message);
    }

    private void CheckProperties(ReadOnlySpan<byte> got, SimMessage message, long nowMs)
    {
        Require(got.Length == message.Properties.Length, "properties");
        int from = message.ExpiryS >= 0 ? 5 : 0;
        Require(got[from..].SequenceEqual(message.Properties.AsSpan(from)), "properties");
        if (from > 0)
        {
            int left = (got[1] << 24) | (got[2] << 16) | (got[3] << 8) | got[4];
            long least = message.ExpiryS - (nowMs - message.PublishedMs) / 1000;
            Require(left >= 1 && left >= least && left <= message.ExpiryS, $"expiry {left}");
        }
    }

    private void TakeResponse(ReadOnlySpan<byte> packet, DeliveryModel model)
    {
        int type = packet[0] >> 4;
        if (type == PacketType.Disconnect || (type == PacketType.Connack && packet[3] != 0))
        {
            Require(IsEnded, "the end comes unheard");
            return;
        }

        int found = Expected.FindIndex(Next, e => e.Response != null);
        Require(found >= 0, $"an answer to nothing: {Convert.ToHexString(packet)}");
        byte[] wanted = Expected[found].Response;
        byte[] refusal = Expected[found].Refusal;
        bool isRight = type == PacketType.Connack
            ? packet.Length > 3 && packet[0] == wanted[0] && packet[3] == 0
            : packet.SequenceEqual(wanted)
                || (refusal != null && packet.SequenceEqual(refusal));
        Require(isRight,
            $"{Convert.ToHexString(packet)} instead of {Convert.ToHexString(wanted)}");
        SkipTo(found, model);
        Next = found + 1;
    }

    private void SkipTo(int index, DeliveryModel model)
    {
        while (Next < index)
        {
            Expectation missing = Expected[Next++];
            Require(IsEnded || missing.Response == null, "an answer is missing");
            if (!IsEnded)
            {
                model.NoteMissing(this, missing);
            }
        }
    }

    /// <summary>Everything has been sent: what has not come is missing.</summary>
    public void SkipAll(DeliveryModel model) => SkipTo(Expected.Count, model);

    private void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"{ClientId} in slot {Slot}: {what}");
        }
    }
}
