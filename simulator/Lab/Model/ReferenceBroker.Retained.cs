using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

// Retained Messages, and who is to get them.
public sealed partial class ReferenceBroker
{
    private readonly Dictionary<string, List<Retention>> _retained = [];

    /// <summary>What is retained now.</summary>
    public IEnumerable<Retention> Retained => _retained.Values.Select(r => r[^1]).Where(
        r => r.UntilTurn == long.MaxValue && !IsExpired(r.Message, r.SinceMs, NowMs));

    /// <summary>Whatever was retained under a name, the last one last.</summary>
    public IReadOnlyList<Retention> RetainedUnder(string name) =>
        _retained.TryGetValue(name, out List<Retention>? all) ? all : [];

    /// <summary>How often a client may get a message because it was retained.</summary>
    public static int Occasions(ReferenceConnection to, Retention retention) =>
        to.Replays.Count(r => retention.UntilTurn >= r.Turn
            && TopicRules.Matches(r.Filter, retention.Message.Topic));

    /// <summary>A message as a client is to get it.</summary>
    public static Packet ForSubscriber(Packet message, ReferenceConnection to, bool retain) =>
        new(PacketKind.Publish)
        {
            Version = to.Version,
            Topic = message.Topic,
            Payload = message.Payload,
            Retain = retain,
            Properties = to.Version != 5 ? []
                : [.. message.Properties.Where(p => p.Id != Property.WillDelayInterval)],
        };

    private void Retain(Packet message, long sinceMs, bool isRefused)
    {
        if (!_retained.TryGetValue(message.Topic, out List<Retention>? all))
        {
            _retained[message.Topic] = all = [];
        }

        if (all.Count > 0 && all[^1].UntilTurn == long.MaxValue)
        {
            all[^1].UntilTurn = Turn; // [MQTT-3.3.1-5] [MQTT-3.3.1-6]
        }

        if (message.Payload.Length > 0 && !isRefused)
        {
            all.Add(new Retention(message, sinceMs, Turn));
        }
        else if (all.Count == 0)
        {
            _retained.Remove(message.Topic);
        }
    }
}
