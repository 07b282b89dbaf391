using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Codec;

namespace EdgeBroker.Simulator.View;

/// <summary>
/// The topics that are published to, with a bound on their number and on the work: above some
/// thousand messages a second it looks at a few at random, each of which stands for several.
/// </summary>
public sealed class TopicTable
{
    /// <summary>Most topics that are known at once.</summary>
    public const int MaxTopics = 4096;

    /// <summary>Longest name in bytes that is kept; messages to longer ones are others.</summary>
    public const int MaxName = 512;

    /// <summary>Messages looked at between two samples before fewer are.</summary>
    public const int LooksPerSample = 5000;

    private readonly Dictionary<byte[], TopicTap> _topics = new(new TopicNames());
    private readonly Dictionary<byte[], TopicTap>.AlternateLookup<ReadOnlySpan<byte>> _find;
    private readonly Random _random = new();
    private int _weight = 1;
    private int _untilLook = 1;
    private int _looks;

    public TopicTable()
    {
        _find = _topics.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The topics that are known.</summary>
    public IReadOnlyCollection<TopicTap> Topics => _topics.Values;

    /// <summary>Messages to topics that are not in the table.</summary>
    public Flow Others { get; } = new();

    /// <summary>Whether figures are estimates, for not every message is looked at.</summary>
    public bool IsEstimate => _weight > 1;

    /// <summary>Counts the PUBLISH that a walker found.</summary>
    public void Count(byte version, byte[] buffer, PacketWalker packet)
    {
        if (--_untilLook > 0)
        {
            return;
        }

        Look(version, packet.FirstByte, buffer.AsSpan(packet.Offset, packet.End - packet.Offset),
            packet.Length);
        if (++_looks % LooksPerSample == 0)
        {
            _weight = Math.Min(2 * _weight, 1 << 20);
        }

        // At random, and the weight on average: topics that take turns all get their share.
        _untilLook = _weight == 1 ? 1 : 1 + _random.Next(2 * _weight - 1);
    }

    /// <summary>Brings the rates up to date; makes room when the table is full.</summary>
    /// <param name="elapsedMs">Time since the last call.</param>
    public void Sample(double elapsedMs)
    {
        foreach (TopicTap topic in _topics.Values)
        {
            topic.Flow.Sample(elapsedMs);
        }

        Others.Sample(elapsedMs);
        if (_looks < LooksPerSample / 2 && _weight > 1)
        {
            _weight /= 2;
            _untilLook = Math.Min(_untilLook, _weight);
        }

        _looks = 0;
        if (_topics.Count == MaxTopics)
        {
            Forget();
        }
    }

    /// <summary>Forgets the quieter half; who publishes again comes back.</summary>
    private void Forget()
    {
        foreach (byte[] name in _topics
            .OrderBy(topic => topic.Value.Flow.MessageRate).ThenBy(topic => topic.Value.LastMs)
            .Take(MaxTopics / 2).Select(topic => topic.Key).ToArray())
        {
            _topics.Remove(name);
        }
    }

    private void Look(byte version, byte firstByte, ReadOnlySpan<byte> packet, int packetLength)
    {
        int nameLength = packet.Length < 2 ? int.MaxValue - 8 : packet[0] << 8 | packet[1];
        int payload = 2 + nameLength + ((firstByte & 0x06) != 0 ? 2 : 0);
        if (version == ProtocolVersion.V5 && payload < packet.Length)
        {
            byte first = packet[payload++];
            // Two bytes are enough for 16,383 bytes of properties; of more the value is not shown.
            payload += first < 0x80 ? first
                : payload < packet.Length ? 1 + (first & 0x7F | packet[payload] << 7) : 0;
        }

        if (payload > packetLength || 2 + nameLength > packet.Length || nameLength > MaxName)
        {
            Others.Messages += _weight;
            return;
        }

        ReadOnlySpan<byte> name = packet.Slice(2, nameLength);
        if (!_find.TryGetValue(name, out TopicTap? topic))
        {
            if (_topics.Count == MaxTopics)
            {
                Others.Messages += _weight;
                return;
            }

            topic = new TopicTap(name);
            _find[name] = topic;
        }

        topic.Take(_weight, packet[Math.Min(payload, packet.Length)..], packetLength - payload);
    }
}
