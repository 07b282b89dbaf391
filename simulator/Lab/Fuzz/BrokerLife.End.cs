using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Fuzz;

// The end of a case: all memory is back, and counters add up.
internal sealed partial class BrokerLife
{
    /// <summary>Everybody goes, and what is left is counted.</summary>
    public void End()
    {
        foreach (FuzzedClient client in _open.ToArray())
        {
            Lose(client);
        }

        Drain(_buffer.Length - 2);
        Require(Broker.OpenConnections == 0 && Broker.ConnectedClients == 0, "clients are left");
        Require(Broker.SysValue(SysTopics.Subscriptions) == 0, "subscriptions are left");
        Require(Broker.SysValue(SysTopics.Retained) == Broker.SysValue(SysTopics.StoredMessages),
            "messages are stored that nobody retains");
        Require(Broker.CounterOf(Counter.BytesReceived) == _bytesIn, "bytes in do not add up");
        Require(Broker.CounterOf(Counter.BytesSent) == _bytesOut, "bytes out do not add up");
        Require(Broker.CounterOf(Counter.ConnectionsAccepted) == _opened, "connections do not "
            + "add up");
        ForgetRetained();
        Require(Broker.SysValue(SysTopics.StoredMessages) == 0, "messages are left");
        Require(Broker.SysValue(SysTopics.MemoryUsed) == 0, "blocks of memory are not back");
    }

    /// <summary>An empty message takes back each one that is retained [MQTT-3.3.1-6].</summary>
    private void ForgetRetained()
    {
        if (Broker.SysValue(SysTopics.Retained) == 0)
        {
            return;
        }

        Pass(2000); // The limit of CONNECTs per second is for others.
        FuzzedClient broom = Open(0)!;
        broom.Unsent.AddRange(PacketBytes.Of(new Packet(PacketKind.Connect)
        {
            ClientId = "broom",
            CleanStart = true,
            KeepAliveS = _settings.MaxKeepAliveS,
        }));
        foreach (string name in RetainedNames.Of(Broker))
        {
            broom.Unsent.AddRange(PacketBytes.Of(new Packet(PacketKind.Publish)
            {
                Topic = name,
                Retain = true,
            }));
        }

        Drain(_buffer.Length - 2);
        Require(IsOpen(broom) && broom.Unsent.Count == 0, "retained names cannot be taken back");
        Lose(broom);
    }
}
