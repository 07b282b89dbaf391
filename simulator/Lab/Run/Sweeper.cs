using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>Ends a session that a client has left: connects in its name with Clean Session 1, and
/// says DISCONNECT.</summary>
internal sealed class Sweeper(VirtualStack net, int number)
{
    private const int AnswerMs = 500;

    /// <summary>Ends the session of a Client Identifier.</summary>
    public void End(string clientId)
    {
        var peer = new Peer(net, number, new NetPath { Seed = number, OneWayMs = 1 });
        peer.OnOpen = () =>
        {
            peer.Send(PacketBytes.Of(new Packet(PacketKind.Connect)
            {
                Version = 5,
                ClientId = clientId,
                CleanStart = true,
            }));
            net.After(AnswerMs, () =>
            {
                peer.Send(PacketBytes.Of(new Packet(PacketKind.Disconnect) { Version = 5 }));
                peer.Close();
            });
        };
        peer.Connect();
    }
}
