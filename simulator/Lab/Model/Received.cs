using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// Holds what a client gets against what the reference broker sends: the same packets in the same
/// order, but for messages that are missing for a reason with a name.
/// </summary>
public sealed class Received(ReferenceBroker reference, BrokerSettings settings)
{
    /// <summary>Messages that did not come, for a limit or for their expiry.</summary>
    public long Missing { get; private set; }

    /// <summary>Of these such as had expired.</summary>
    public long Expired { get; private set; }

    /// <summary>Takes packets that have come whole.</summary>
    /// <exception cref="InvalidDataException">One of them was not to come.</exception>
    public void Take(LockstepClient client)
    {
        while (client.Reader.Next() is { } got)
        {
            string? wrong = AllowedCodes.Check(got, isFromServer: true);
            Require(wrong == null, client, $"got {got}: {wrong}");
            Take(client, got);
            client.PacketMs = reference.NowMs;
        }
    }

    /// <summary>Everything has been sent: nothing may be missing without a reason.</summary>
    public void CheckAll(LockstepClient client)
    {
        ReferenceConnection connection = client.Reference;
        SkipTo(client, connection.Out.Count, null);
        Require(client.Reader.Pending == 0 || client.IsCutOff, client, "got half a packet");
        if (connection.MustClose)
        {
            return;
        }

        foreach (Replay replay in connection.Replays.Where(
            r => !r.IsOver && r.Turn > client.DropTurn))
        {
            foreach (Retention kept in reference.Retained.Where(r => r.FromTurn < replay.Turn
                && TopicRules.Matches(replay.Filter, r.Message.Topic)))
            {
                Packet packet =
                    ReferenceBroker.ForSubscriber(kept.Message, connection, retain: true);
                Require(!ReferenceBroker.Fits(connection, packet)
                    || client.Replayed.GetValueOrDefault(kept, (0, -1)).Item2 >= replay.Turn,
                    client, $"lacks retained {packet} for {replay.Filter}");
            }

            CheckFigures(client, replay);
        }
    }

    private void Take(LockstepClient client, Packet got)
    {
        ReferenceConnection connection = client.Reference;
        for (int i = 0; i < connection.Out.Count; i++)
        {
            Outgoing sent = connection.Out[i];
            if (IsSame(got, sent.Packet, sent.Message, sent.SinceMs, client.PacketMs))
            {
                SkipTo(client, i, got);
                connection.Out.RemoveAt(0);
                return;
            }
        }

        if (got.Kind == PacketKind.Publish && (IsFigure(client, got) || IsReplay(client, got)))
        {
            return;
        }

        bool isRefusal = got.Kind == PacketKind.Connack && got.Code != 0;
        Require(isRefusal && connection.MayBeRefused, client,
            $"got {got}, expected "
                + (connection.Out.FirstOrDefault()?.Packet.ToString() ?? "nothing"));
        connection.MayBeRefused = false;
    }

    private void SkipTo(LockstepClient client, int index, Packet? got)
    {
        ReferenceConnection connection = client.Reference;
        for (; index > 0; index--)
        {
            Outgoing missing = connection.Out[0];
            bool isMessage = missing.Packet.Kind == PacketKind.Publish;
            bool isExpired = isMessage && ReferenceBroker.IsExpired(
                missing.Message, missing.SinceMs, reference.NowMs);
            bool isDropped = isMessage && client.DropTurn >= missing.Turn;
            bool isOver = connection.MustClose && (isMessage || client.IsCutOff
                || (missing.Packet.Kind == PacketKind.Disconnect && !client.HasGoodbye));
            Require(isExpired || isDropped || isOver, client, $"lacks {missing.Packet}"
                + (got == null ? "" : $", got {got}"));
            Missing += isOver ? 0 : 1;
            Expired += isExpired && !isOver ? 1 : 0;
            connection.Out.RemoveAt(0);
        }
    }

    private bool IsReplay(LockstepClient client, Packet got)
    {
        foreach (Retention kept in reference.RetainedUnder(got.Topic))
        {
            Packet packet =
                ReferenceBroker.ForSubscriber(kept.Message, client.Reference, retain: true);
            (int count, _) = client.Replayed.GetValueOrDefault(kept);
            if (count < ReferenceBroker.Occasions(client.Reference, kept)
                && IsSame(got, packet, kept.Message, kept.SinceMs, client.PacketMs))
            {
                client.Replayed[kept] = (count + 1, reference.Turn);
                return true;
            }
        }

        return false;
    }

    // Figures cannot be foretold: whether they are well-formed can be seen.
    private bool IsFigure(LockstepClient client, Packet got)
    {
        if (settings.SysIntervalS == 0 || !got.Topic.StartsWith(SysTopics.Prefix)
            || !client.Reference.EverSubscribed.Any(f => TopicRules.Matches(f, got.Topic)))
        {
            return false;
        }

        string name = got.Topic[SysTopics.Prefix.Length..];
        string text = Encoding.ASCII.GetString(got.Payload);
        string number = name == "uptime" && text.EndsWith(" seconds") ? text[..^8] : text;
        bool isRight = name == "version" ? text == MqttBroker.Version
            : ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        Require(isRight && got.Qos == 0 && got.Properties.Count == 0
            && Enumerable.Range(0, SysTopics.Count).Any(t => SysTopics.NameOf(t) == name),
            client, $"got {got}, which is no figure of the broker");
        client.Figures[name] = reference.Turn;
        return true;
    }

    private void CheckFigures(LockstepClient client, Replay replay)
    {
        for (int i = 0; settings.SysIntervalS > 0 && i < SysTopics.Count; i++)
        {
            string name = SysTopics.NameOf(i);
            Require(!TopicRules.Matches(replay.Filter, SysTopics.Prefix + name)
                || client.Reference.MaxPacketSize < 100
                || client.Figures.GetValueOrDefault(name, -1) >= replay.Turn,
                client, $"lacks the figure {name} for {replay.Filter}");
        }
    }

    /// <summary>Whether a packet is what was to be sent; the words of the broker's own apart.
    /// </summary>
    private static bool IsSame(
        Packet got, Packet packet, Packet message, long sinceMs, long nowMs) =>
        got.Kind == packet.Kind && got.Topic == packet.Topic
            && got.Payload.AsSpan().SequenceEqual(packet.Payload)
            && !ReferenceBroker.IsExpired(message, sinceMs, nowMs)
            && Plain(got) == Plain(ReferenceBroker.AsSent(packet, sinceMs, nowMs));

    private static string Plain(Packet packet) => (packet with
    {
        Properties =
        [
            .. packet.Properties.Where(p => p.Id != Property.ReasonString).Select(
                p => p.Id == Property.AssignedClientIdentifier ? new Property(p.Id, "") : p),
        ],
    }).ToString();

    private static void Require(bool holds, LockstepClient client, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException($"client {client.Number} {what}");
        }
    }
}
