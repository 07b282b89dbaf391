using System;
using System.Collections.Generic;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

// Who is to get a message, and at which QoS.
public sealed partial class DeliveryChecker
{
    private void Expect(Message message, SessionState state, bool isOwn)
    {
        var match = new Matched();
        bool isOther = false; // Whether one of its filters takes it though it is its own.
        foreach ((string filter, Subscription subscription) in state.Filters)
        {
            if (TopicRules.Matches(filter, message.Packet.Topic))
            {
                // In one verb nobody can tell which came first, the Will or the SUBSCRIBE.
                bool isLate = message.IsWill && subscription.Verb == Facts.Verbs;
                int options = subscription.Options;
                bool isFor = !isOwn || (options & NoLocal) == 0; // [MQTT-3.8.3-3]
                isOther |= isFor;
                match.Add(options, Facts.GrantOf(options), !subscription.IsUnsure && !isLate,
                    isFor);
            }
        }

        foreach ((Session who, string filter, Subscription was) in _gone)
        {
            if (message.IsWill && who.State == state
                && TopicRules.Matches(filter, message.Packet.Topic))
            {
                isOther = true; // Nor the Will or the UNSUBSCRIBE.
                match.Add(was.Options, Facts.GrantOf(was.Options), false, true);
            }
        }

        if (!isOther)
        {
            return;
        }

        int qos = Math.Min(message.Packet.Qos, match.Qos);
        int mayQos = Math.Min(message.Packet.Qos, match.MayHaveQos);
        if (!match.IsSure)
        {
            qos = mayQos;
        }

        var one = new Expectation(message, match.Keeps && message.Packet.Retain,
            match.MayKeep && message.Packet.Retain, Facts.Verbs, !match.IsSure)
        {
            Qos = qos,
            MayHaveQos = mayQos,
        };
        bool isUnsure = qos == 0 != (mayQos == 0);
        if (state.Connection is { } connection && (qos == 0 || isUnsure))
        {
            // Nor can it be told if the Will came before the client was back.
            bool isBack = message.IsWill && connection.ConnectVerb == Facts.Verbs;
            Mailbox mailbox = _mailboxes[connection];
            mailbox.Come++;
            mailbox.IsVague |= !match.IsSure || isUnsure || isBack;
            mailbox.Add(one with { IsOptional = one.IsOptional || isUnsure || isBack });
        }

        if (mayQos > 0)
        {
            state.Waiting.Add(one with { IsOptional = one.IsOptional || isUnsure });
        }
    }

    /// <summary>What the filters of a session make of a message.</summary>
    private sealed class Matched
    {
        public bool IsSure { get; private set; }

        public bool Keeps { get; private set; }

        public bool MayKeep { get; private set; }

        /// <summary>The highest QoS granted [MQTT-3.3.4-2].</summary>
        public int Qos { get; private set; }

        public int MayHaveQos { get; private set; }

        public void Add(int options, int granted, bool isSure, bool isFor)
        {
            bool asPublished = isFor && (options & RetainAsPublished) != 0; // [MQTT-3.3.1-13]
            MayKeep |= asPublished;
            MayHaveQos = Math.Max(MayHaveQos, granted);
            if (isSure)
            {
                IsSure |= isFor;
                Keeps |= asPublished;
                Qos = Math.Max(Qos, granted);
            }
        }
    }
}
