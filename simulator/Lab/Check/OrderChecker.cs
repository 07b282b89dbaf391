using System.Collections.Generic;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// One order for all: whoever gets two messages gets them in the order in which the broker handled
/// them, and so those of a publisher in the order in which it sent them. Messages at QoS 0 have an
/// order of their own, for they do not wait for acknowledgements [MQTT-4.6.0-6].
/// </summary>
/// <remarks>
/// Needs no model of who gets what: clients of the laboratory number their messages. What comes
/// with RETAIN may be a replay, which has no place in the order.
/// </remarks>
public sealed class OrderChecker() : Checker("order")
{
    private const int NumberBytes = 5;
    private const int Ambiguous = -1;

    private readonly Dictionary<long, int> _places = [];
    private readonly Dictionary<(Session Session, bool HasId), int> _last = [];
    private int _handled;

    /// <inheritdoc/>
    public override void Started()
    {
        _places.Clear();
        _last.Clear();
        _handled = 0;
    }

    /// <inheritdoc/>
    public override void Closed(Session session)
    {
        _last.Remove((session, false));
        _last.Remove((session, true));
    }

    /// <inheritdoc/>
    public override void Handled(Session session, Packet packet)
    {
        if (packet.Kind == PacketKind.Publish && packet.Payload.Length >= NumberBytes
            && !session.IsRepeating)
        {
            // The hostile may send the same twice: then it tells nothing.
            int place = ++_handled;
            if (!_places.TryAdd(KeyOf(packet), place))
            {
                _places[KeyOf(packet)] = Ambiguous;
            }
        }
    }

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
        if (packet.Kind != PacketKind.Publish || packet.Retain
            || packet.Payload.Length < NumberBytes
            || !_places.TryGetValue(KeyOf(packet), out int place) || place == Ambiguous)
        {
            return;
        }

        (Session, bool) way = (session, packet.Qos > 0);
        int last = _last.GetValueOrDefault(way);
        Require(place != last, $"{session} got {packet} twice");
        Require(place > last,
            $"{session} got {packet} behind a message that was handled {last - place} later");
        _last[way] = place;
    }

    private static long KeyOf(Packet packet)
    {
        long key = packet.Payload.Length;
        for (int i = 0; i < NumberBytes; i++)
        {
            key = (key << 8) | packet.Payload[i];
        }

        return key;
    }
}
