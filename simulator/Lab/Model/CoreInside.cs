using System.Runtime.CompilerServices;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Memory;
using EdgeBroker.Topics;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>Looks at private fields of the core, for what no question tells.</summary>
internal static class CoreInside
{
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_inbound")]
    public static extern ref InboundBuffers Inbound(MqttBroker broker);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_shared")]
    public static extern ref int SharedBlocksOf(InboundBuffers inbound);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_queues")]
    public static extern ref OutboundQueues Queues(MqttBroker broker);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_wills")]
    public static extern ref WillMessages Wills(MqttBroker broker);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_parts")]
    public static extern ref BrokerParts Parts(MqttBroker broker);

    public static MessageStore Store(MqttBroker broker) => Parts(broker).Store;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_retained")]
    public static extern ref RetainedMessages Retained(MqttBroker broker);

    public static SubscriptionTable Subscriptions(MqttBroker broker) =>
        Parts(broker).Subscriptions;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_subscribe")]
    public static extern ref SubscribePacket Subscribe(MqttBroker broker);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_connections")]
    public static extern ref ConnectionTable Connections(MqttBroker broker);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_replays")]
    public static extern ref Replays Replays(MqttBroker broker);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_match")]
    public static extern ref int MatchesOf(Topics.SubscriptionTable subscriptions);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_shapes")]
    public static extern ref Topics.FilterShapes ShapesOf(Topics.SubscriptionTable subscriptions);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_figures")]
    public static extern ref SysFigures Figures(MqttBroker broker);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_host")]
    public static extern ref HostFigures? HostOf(SysFigures figures);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_turns")]
    public static extern ref SlotQueue Turns(MqttBroker broker);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_next")]
    public static extern ref int[] NextOf(SlotQueue queue);

    public static SessionTable? Sessions(MqttBroker broker) => Parts(broker).Sessions;

    public static Broker.Outgoing? Outgoing(MqttBroker broker) => Parts(broker).Outgoing;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_backlogs")]
    public static extern ref Backlogs BacklogsOf(Broker.Outgoing outgoing);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_blocks")]
    public static extern ref FairShare SharesOf(Broker.Outgoing outgoing);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_head")]
    public static extern ref int[] HeadsOf(Backlogs backlogs);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_exchange")]
    public static extern ref QosExchange? Exchange(MqttBroker broker);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_incoming")]
    public static extern ref Incoming IncomingOf(QosExchange exchange);
}
