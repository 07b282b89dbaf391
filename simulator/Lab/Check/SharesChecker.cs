using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// No client is refused a subscription that lies within its half of an even share, of
/// subscriptions and of their text (docs/limits.md).
/// </summary>
public sealed class SharesChecker() : Checker("shares")
{
    private int _subscribes;
    private Session? _session;
    private Packet? _subscribe;

    /// <inheritdoc/>
    public override void Handled(Session session, Packet packet)
    {
        if (packet.Kind == PacketKind.Unsubscribe)
        {
            _subscribes++; // What it held before cannot be told either.
        }
        else if (packet.Kind == PacketKind.Subscribe)
        {
            _subscribes++;
            (_session, _subscribe) = (session, packet);
        }
    }

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        // Of several it cannot be told which was refused.
        if (_subscribes == 1 && _session is { IsEnded: false } && _subscribe!.Filters.Count == 1
            && Facts.Moved(Counter.LimitSubscriptions) > 0)
        {
            BrokerLimits limits = Facts.Limits;
            int sharers = limits.MaxConnections + (Facts.HasSessions ? limits.MaxSessions : 0);
            int share = limits.MaxSubscriptions / 2 / sharers;
            int held = CoreInside.Subscriptions(Facts.Broker).CountOf(_session.State.Number);
            int blocks = Blocks(_subscribe.Filters[0].Filter);
            foreach (string filter in _session.Filters.Keys)
            {
                blocks += Blocks(filter);
            }

            Require(held >= share || blocks > limits.TextBlocks / 2 / sharers,
                $"{_session} was refused {_subscribe} though it has {held} subscriptions of its "
                + $"{share}, and {blocks} blocks of text with it");
        }

        _subscribes = 0;
        _session = null;
    }

    private int Blocks(string filter)
    {
        int size = Facts.Limits.TextBlockSize;
        return (Encoding.UTF8.GetByteCount(filter) + size - 1) / size;
    }
}
