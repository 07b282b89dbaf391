using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// Answers the reference broker from what the core did, if a limit allows it: each deviation must
/// be in the table and its counter must have moved. Where it can be foreseen whether a limit is
/// met, the core must have seen the same.
/// </summary>
public sealed class Allowances(BrokerLimits limits, CoreWatcher watcher) : LimitAnswers
{
    private readonly Dictionary<string, int> _used = [];
    private CoreEvent[] _happenings = [];
    private int _slot;
    private int _clients;
    private bool _isTakeover;
    private int _waitingWills;

    /// <summary>How often each limit stepped in.</summary>
    public IReadOnlyDictionary<string, int> Used => _used;

    /// <inheritdoc/>
    public override int WaitingWills => _waitingWills;

    /// <summary>What follows is about one packet, or about what happened besides.</summary>
    /// <param name="slot">The connection that is heard.</param>
    /// <param name="packet">Which packet of the verb; 0 for what came before the first.</param>
    /// <param name="waitingWills">Wills that wait for room afterwards.</param>
    public void Begin(int slot, int packet, int waitingWills)
    {
        _slot = slot;
        _waitingWills = waitingWills;
        _happenings = [.. watcher.Happenings.Where(h => h.Packet == packet)];
    }

    /// <summary>A CONNECT is about to be handled.</summary>
    /// <param name="clients">Sessions there are.</param>
    /// <param name="isTakeover">Whether one of them is of the same client.</param>
    public void BeginConnect(int clients, bool isTakeover)
    {
        _clients = clients;
        _isTakeover = isTakeover;
    }

    /// <inheritdoc/>
    public override int RefuseConnect(ReferenceConnection from, Packet connect, bool isLate)
    {
        CoreEvent? refusal = _happenings.FirstOrDefault(
            h => h.What == BrokerEvent.ConnectRefused && h.Slot == _slot);
        Allowance? allowance = refusal == null || refusal.IsByProtocol ? null : Allowance.For(
            isLate ? Deviation.RefusesConnectLate : Deviation.RefusesConnect, refusal);
        allowance = connect.ClientId.Length == 0 && refusal?.Code == 0x85 ? null : allowance;
        bool isFull = _clients >= limits.MaxConnections && !_isTakeover;
        bool isLong = BytesOf(connect.ClientId) > limits.MaxClientIdLength;
        bool isFarTopic = connect.Will != null && IsTooFar(connect.Will.Topic);
        if (refusal == null || allowance != null)
        {
            Foresee(allowance, Counter.LimitConnections, isFull, refusal == null);
            Foresee(allowance, Counter.LimitTopic, isFarTopic, refusal == null);
            Require(refusal != null || !isLong, "a long Client Identifier was taken");
        }

        return Use(allowance);
    }

    /// <inheritdoc/>
    public override int End(ReferenceConnection from, Packet packet)
    {
        CoreEvent? end = _happenings.FirstOrDefault(
            h => h.What == BrokerEvent.Closed && h.Slot == _slot && !h.IsByProtocol);
        Allowance? allowance =
            end == null ? null : Allowance.For(Deviation.EndsForPacket, end);
        switch (packet.Kind)
        {
            case PacketKind.Publish:
                Foresee(allowance, Counter.LimitTopic, IsTooFar(packet.Topic), true);
                break;
            case PacketKind.Subscribe or PacketKind.Unsubscribe:
                Foresee(allowance, Counter.LimitFilters,
                    packet.Filters.Count > limits.MaxFiltersPerPacket, true);
                break;
        }

        return Use(allowance);
    }

    /// <inheritdoc/>
    public override int RefuseFilter(ReferenceConnection from, string filter)
    {
        int at = Array.FindIndex(_happenings,
            h => h.What == BrokerEvent.SubscribeRefused && h.Slot == _slot && h.Filter == filter);
        bool isFar = IsTooFar(filter);
        bool isNew = !from.FilterNames.Contains(filter);
        bool isEnough = isNew && from.FilterNames.Count >= limits.MaxSubscriptionsPerClient;
        Allowance? allowance =
            at < 0 ? null : Allowance.For(Deviation.RefusesFilter, _happenings[at]);
        if (allowance?.Count == Counter.LimitSubscriptions)
        {
            Require(isNew, $"{filter} is subscribed to, and was refused for want of room");
        }

        Foresee(allowance, Counter.LimitTopic, isFar, true);
        Foresee(allowance, Counter.LimitSubscriptionsPerClient, !isFar && isEnough, true);
        if (allowance != null)
        {
            _happenings = [.. _happenings.Where((_, i) => i != at)];
        }

        return Use(allowance);
    }

    /// <inheritdoc/>
    public override bool RefuseRetaining(ReferenceConnection? from, Packet message)
    {
        CoreEvent? refusal = _happenings.FirstOrDefault(
            h => h.What == BrokerEvent.PublishRefused && h.Slot == _slot && h.Code == 0x97);
        if (from != null)
        {
            return Use(refusal == null ? null
                : Allowance.For(Deviation.RefusesRetaining, refusal)) != 0;
        }

        // Nobody is told of a Will that was not retained.
        return watcher.Moved(Counter.LimitRetained) > 0 && message.Payload.Length > 0
            && !watcher.IsRetained(message.Topic)
            && Use(Allowance.All.First(a => a.What == Deviation.RefusesRetaining)) != 0;
    }

    /// <inheritdoc/>
    public override int Choose(ReferenceConnection from, params int[] codes)
    {
        CoreEvent? end = _happenings.FirstOrDefault(h => h.IsEnd && h.Slot == _slot);
        return end != null && codes.Contains(end.Code) ? end.Code : codes[0];
    }

    /// <summary>Notes that a limit stepped in.</summary>
    /// <returns>Its Reason Code; 0 for none.</returns>
    public int Use(Allowance? allowance)
    {
        if (allowance == null)
        {
            return 0;
        }

        _used[allowance.Name] = _used.GetValueOrDefault(allowance.Name) + 1;
        return allowance.Code;
    }

    private static int BytesOf(string text) => Encoding.UTF8.GetByteCount(text);

    private bool IsTooFar(string topic) => BytesOf(topic) > limits.MaxTopicLength
        || topic.Split('/').Length > limits.MaxTopicLevels;

    private static void Foresee(Allowance? allowance, int counter, bool isMet, bool mustApply)
    {
        bool applies = allowance?.Count == counter;
        Require(!applies || isMet, $"{allowance?.Name}: the limit was not met");
        Require(!mustApply || !isMet || allowance != null,
            $"{Counter.NameOf(counter)}: the limit was met and nothing was refused");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
