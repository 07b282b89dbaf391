using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Memory;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>With the last connection and the last session all is given back.</summary>
public sealed class PoolsChecker() : Checker("pools")
{
    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        if (verb.Kind != VerbKind.Close)
        {
            return;
        }

        int connected = 0;
        foreach (Session session in Facts.Open)
        {
            connected += session.IsConnected ? 1 : 0;
        }

        MqttBroker broker = Facts.Broker;
        Require(broker.ConnectedClients == connected,
            $"{broker.ConnectedClients} sessions are there for {connected} connections");
        Require(Facts.HasSessions
            || CoreInside.Subscriptions(broker).CountOf(verb.Slot) == 0,
            $"subscriptions are left of a connection that is closed");
    }

    /// <inheritdoc/>
    public override void AtEnd()
    {
        MqttBroker broker = Facts.Broker;
        Require(broker.OpenConnections == 0, $"{broker.OpenConnections} connections are open");
        Require(broker.ConnectedClients == 0, $"{broker.ConnectedClients} clients are connected");
        int sessions = CoreInside.Sessions(broker)?.Count ?? 0;
        Require(sessions == 0, $"{sessions} sessions are left");
        CheckOutgoing(broker);
        Require(broker.SysValue(SysTopics.Subscriptions) == 0,
            $"{broker.SysValue(SysTopics.Subscriptions)} subscriptions are left");
        long kept = broker.SysValue(SysTopics.Retained);
        Require(broker.SysValue(SysTopics.StoredMessages) == kept,
            $"{broker.SysValue(SysTopics.StoredMessages)} messages are stored, {kept} retained");
        OutboundQueues queues = CoreInside.Queues(broker);
        Require(queues.Count == 0, $"{queues.Count} queue entries are in use");
        int promised =
            Facts.Limits.InboundBlocks - CoreInside.SharedBlocksOf(CoreInside.Inbound(broker));
        Require(promised == 0, $"{promised} inbound blocks are promised to nobody");
        ForgetRetained(broker);
        Require(broker.SysValue(SysTopics.MemoryUsed) == 0,
            $"{broker.SysValue(SysTopics.MemoryUsed)} bytes are in use");
        Require(CoreInside.Store(broker).PinnedBlocks == 0, "blocks are pinned");
    }

    private void CheckOutgoing(MqttBroker broker)
    {
        if (CoreInside.Outgoing(broker) is { } outgoing)
        {
            Require(outgoing.Flight.Count.All(count => count == 0), "messages are on their way");
            FairShare shares = CoreInside.SharesOf(outgoing);
            Require(shares.Held.All(held => held == 0), "blocks are held by sessions");
            Require(CoreInside.BacklogsOf(outgoing).Bytes.All(bytes => bytes == 0),
                "bytes wait in sessions");
        }
    }

    /// <summary>Removes what is retained, which is all that may be left.</summary>
    private static void ForgetRetained(MqttBroker broker)
    {
        foreach (string topic in RetainedNames.Of(broker))
        {
            byte[] name = Encoding.UTF8.GetBytes(topic);
            CoreInside.Retained(broker).Forget(name, 0, name.Length);
        }
    }
}
