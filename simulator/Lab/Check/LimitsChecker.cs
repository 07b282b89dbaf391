using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>No limit is ever exceeded.</summary>
public sealed class LimitsChecker() : Checker("limits")
{
    private int _reserved;

    /// <inheritdoc/>
    public override void Started() => _reserved = Facts.Limits.ReservedBlocks();

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        MqttBroker broker = Facts.Broker;
        BrokerLimits limits = Facts.Limits;
        Require(broker.ConnectedClients <= limits.MaxConnections,
            $"{broker.ConnectedClients} clients of {limits.MaxConnections}");
        OutboundQueues queues = CoreInside.Queues(broker);
        foreach (Session session in Facts.Open)
        {
            int slot = session.Slot;
            Require(queues.Messages[slot] <= limits.MaxQueuedMessages,
                $"{session} has {queues.Messages[slot]} messages queued");
            Require(queues.Responses[slot] <= limits.MaxQueuedResponses + 2,
                $"{session} has {queues.Responses[slot]} responses queued");
            Require(CoreInside.Subscriptions(broker).CountOf(slot)
                <= limits.MaxSubscriptionsPerClient, $"{session} has too many subscriptions");
        }

        Require(broker.SysValue(SysTopics.Subscriptions) <= limits.MaxSubscriptions,
            "too many subscriptions");
        Require(broker.SysValue(SysTopics.Retained) <= limits.MaxRetainedMessages,
            "too many retained messages");
        Require(queues.Count <= limits.MaxQueueEntries, "too many queue entries");
        string? fault = ResponseShare.Fault(broker, _reserved);
        Require(fault == null, $"{fault}");
    }

    /// <inheritdoc/>
    public override void Handled(Session session, Packet packet)
    {
        int size = PacketBytes.Of(packet).Length;
        int most = packet.Kind == PacketKind.Connect
            ? Facts.Limits.MaxConnectSize
            : Facts.Limits.MaxPacketSize;
        Require(size <= most, $"{session}: a packet of {size} bytes was taken");
    }
}
