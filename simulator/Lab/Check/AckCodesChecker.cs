using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// An answer says what has become of the request: each code of a SUBACK or UNSUBACK is the one of
/// its filter, a PUBACK knows whether the message was retained and whether anybody has subscribed,
/// CONNACK and DISCONNECT give the reason that the broker had.
/// </summary>
/// <remarks>Told before the checker that keeps the subscriptions, so they are as the broker found
/// them.</remarks>
public sealed class AckCodesChecker() : Checker("codes")
{
    // The codes that a filter may be answered with; empty for any.
    private static readonly int[] _any = [];
    private static readonly int[][] _granted = [[0], [1], [2]];
    private static readonly int[] _unknown = [ReasonCode.PacketIdentifierNotFound];
    private static readonly int[] _shared = [ReasonCode.SharedSubscriptionsNotSupported];
    private static readonly int[] _wasThere = [ReasonCode.Success];
    private static readonly int[] _wasNot = [ReasonCode.NoSubscriptionExisted];

    private readonly Dictionary<Session, Queue<(PacketKind Kind, int[][] Codes)>> _due = [];
    private readonly List<(int[][] Codes, bool IsRetained, List<SessionState> Sure, bool IsUnsure)>
        _published = [];

    private int _retained;
    private bool _hasWills;

    /// <inheritdoc/>
    public override void Started()
    {
        _due.Clear();
        _published.Clear();
        _retained = 0;
        _hasWills = false;
    }

    /// <inheritdoc/>
    public override void Opened(Session session) => _due.Add(session, new());

    /// <inheritdoc/>
    public override void Closed(Session session) => _due.Remove(session);

    /// <inheritdoc/>
    public override void Handled(Session session, Packet packet)
    {
        // An empty one takes back what is retained, for which there is always room.
        bool isRetained = packet.Retain && packet.Payload.Length > 0;
        if (packet.Kind == PacketKind.Publish && isRetained && !session.IsRepeating)
        {
            _retained++;
        }

        if (packet.Kind == PacketKind.Subscribe)
        {
            _due[session].Enqueue((PacketKind.Suback, [.. packet.Filters.Select(f =>
                TopicRules.IsShared(f.Filter) ? _shared : IsLimited() ? _any
                : _granted[Facts.GrantOf(f.Options)])]));
        }
        else if (packet.Kind == PacketKind.Unsubscribe && session.Version == 5)
        {
            var gone = new HashSet<string>();
            _due[session].Enqueue((PacketKind.Unsuback, [.. packet.Filters.Select(f =>
                !session.Filters.TryGetValue(f.Filter, out Subscription? there)
                    || !gone.Add(f.Filter) ? _wasNot
                : there.IsUnsure ? _any
                : _wasThere)]));
        }
        else if (packet.Kind == PacketKind.Publish && packet.Qos > 0 && session.Version == 5)
        {
            int[][] codes = [session.IsRepeating ? _wasThere : _any];
            _due[session].Enqueue(
                (packet.Qos == 1 ? PacketKind.Puback : PacketKind.Pubrec, codes));
            if (!session.IsRepeating)
            {
                // One at QoS 2 that was handed on is never refused.
                NoteSubscribers(packet, isRetained && packet.Qos == 1, codes);
            }
        }
        else if (packet.Kind == PacketKind.Pubrel && session.Version == 5)
        {
            bool isKnown = session.State.Incoming.Contains(packet.PacketId);
            _due[session].Enqueue((PacketKind.Pubcomp, [isKnown ? _wasThere : _unknown]));
        }
    }

    /// <inheritdoc/>
    public override void Ended(Session session, Told told, bool leavesWill) => _hasWills = true;

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        int due = CoreInside.Wills(Facts.Broker).DueCount;
        bool hasRoom = Facts.Moved(Counter.LimitRetained) == 0;
        // Of several it cannot be told which had no room, and a Will may have had none.
        bool isAlone = _retained == 1 && !_hasWills && due == 0;
        foreach ((int[][] codes, bool isRetained, List<SessionState> sure, bool isUnsure)
            in _published)
        {
            // Of who ended in the same verb it cannot be told if it was there before.
            codes[0] = isRetained && !hasRoom ? isAlone ? [ReasonCode.QuotaExceeded] : _any
                : sure.Exists(s => !s.IsOver) ? [ReasonCode.Success]
                : sure.Count > 0 || isUnsure ? _any
                : [ReasonCode.NoMatchingSubscribers];
        }

        _published.Clear();
        _retained = 0;
        _hasWills = due > 0;
    }

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
        int? told = session.End is { What: not BrokerEvent.Lost } end ? end.Code : null;
        switch (packet.Kind)
        {
            case PacketKind.Disconnect:
                Require(packet.Code == told, $"{session} got {packet}, the reason was {told}");
                break;
            case PacketKind.Connack:
                CheckConnack(session, packet, told);
                break;
            case PacketKind.Suback or PacketKind.Unsuback or PacketKind.Puback
                or PacketKind.Pubrec or PacketKind.Pubcomp:
                CheckCodes(session, packet);
                break;
        }
    }

    private void CheckConnack(Session session, Packet packet, int? told)
    {
        bool isRefused = session.End?.What == BrokerEvent.ConnectRefused;
        Require(isRefused == (packet.Code != 0), $"{session} got {packet}");
        if (session.Version != 5 || session.Connect is not { } connect)
        {
            return;
        }

        Require(!isRefused || packet.Code == told,
            $"{session} got {packet}, the reason was {told}");
        Require(isRefused || packet.Has(Property.AssignedClientIdentifier)
            == (connect.ClientId.Length == 0), $"{session} got {packet} [MQTT-3.2.2-16]");
        int most = Facts.Settings.MaxKeepAliveS;
        bool isShortened = most > 0 && (connect.KeepAliveS == 0 || connect.KeepAliveS > most);
        Require(isRefused || packet.Number(Property.ServerKeepAlive, 0) == (isShortened ? most : 0),
            $"{session} asked for a Keep Alive of {connect.KeepAliveS} and got {packet}");
    }

    private void CheckCodes(Session session, Packet packet)
    {
        // Who ends may get some of its answers only; the checker of answers looks at that.
        Queue<(PacketKind Kind, int[][] Codes)> due = _due[session];
        if (session.IsEnded || !due.TryPeek(out var next) || next.Kind != packet.Kind)
        {
            return;
        }

        due.Dequeue();
        IReadOnlyList<int> codes = packet.Kind is PacketKind.Suback or PacketKind.Unsuback
            ? packet.Codes
            : [packet.Code];
        bool isRight = codes.Count == next.Codes.Length;
        for (int i = 0; i < codes.Count && isRight; i++)
        {
            int code = codes[i];
            isRight = next.Codes[i].Length == 0 || Array.Exists(next.Codes[i], c => c == code
                || (session.Version == 4 && c >= 0x80 && code == 0x80));
        }

        Require(isRight, $"{session} got {packet}; due were "
            + string.Join(' ', next.Codes.Select(c => c.Length == 0 ? "any" : $"{c[0]:X2}")));
    }

    private void NoteSubscribers(Packet packet, bool isRetained, int[][] codes)
    {
        if (TopicRules.IsSys(packet.Topic))
        {
            codes[0] = [ReasonCode.NotAuthorized];
            return;
        }

        var sure = new List<SessionState>();
        bool isUnsure = false;
        foreach (SessionState other in Facts.States)
        {
            Subscription[] matching = [.. other.Filters
                .Where(f => TopicRules.Matches(f.Key, packet.Topic)).Select(f => f.Value)];
            isUnsure |= matching.Length > 0;
            if (matching.Any(s => !s.IsUnsure))
            {
                sure.Add(other);
            }
        }

        _published.Add((codes, isRetained, sure, isUnsure));
    }

    // Which of the filters met the limit cannot be told.
    private bool IsLimited() => Facts.Moved(Counter.LimitSubscriptions) > 0
        || Facts.Moved(Counter.LimitSubscriptionsPerClient) > 0
        || Facts.Moved(Counter.LimitTopic) > 0;
}
