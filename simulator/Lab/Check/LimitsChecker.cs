using System.Linq;
using EdgeBroker.Broker;
using EdgeBroker.Memory;
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
            int messages = KeptInside.QueuedAtQos0(broker, session);
            Require(messages <= limits.MaxQueuedMessages,
                $"{session} has {messages} messages queued");
            Require(queues.Messages[slot] - messages <= limits.MaxInflight,
                $"{session} has {queues.Messages[slot] - messages} messages on their way");
            Require(queues.Responses[slot] <= limits.MaxQueuedResponses + 2 + limits.MaxInflight,
                $"{session} has {queues.Responses[slot]} responses queued");
        }

        foreach (SessionState state in Facts.States)
        {
            Require(CoreInside.Subscriptions(broker).CountOf(state.Number)
                <= limits.MaxSubscriptionsPerClient, $"{state} has too many subscriptions");
            CheckKept(state, limits);
        }

        CheckShares(broker, limits);
        Require(broker.SysValue(SysTopics.Subscriptions) <= limits.MaxSubscriptions,
            "too many subscriptions");
        Require(broker.SysValue(SysTopics.Retained) <= limits.MaxRetainedMessages,
            "too many retained messages");
        Require(queues.Count <= limits.MaxQueueEntries, "too many queue entries");
        string? fault = ResponseShare.Fault(broker, _reserved);
        Require(fault == null, $"{fault}");
    }

    private void CheckKept(SessionState state, BrokerLimits limits)
    {
        if (CoreInside.Outgoing(Facts.Broker) is { } outgoing)
        {
            Backlogs backlogs = CoreInside.BacklogsOf(outgoing);
            int number = state.Number;
            Require(backlogs.Count[number] <= limits.MaxSessionMessages,
                $"{backlogs.Count[number]} messages wait in {state}");
            Require(backlogs.Bytes[number] <= limits.MaxSessionBytes,
                $"{backlogs.Bytes[number]} bytes wait in {state}");
        }
    }

    // Sessions may have half of the message memory, whoever has how much of it.
    private void CheckShares(MqttBroker broker, BrokerLimits limits)
    {
        if (CoreInside.Outgoing(broker) is { } outgoing)
        {
            FairShare shares = CoreInside.SharesOf(outgoing);
            int held = shares.Held.Sum();
            Require(held <= limits.MessageBlocks / 2 && shares.Free >= 0,
                $"sessions have {held} blocks of {limits.MessageBlocks}");
        }
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
