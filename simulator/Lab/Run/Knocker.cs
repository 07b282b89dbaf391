using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Run;

/// <summary>
/// Connects again and again with a CONNECT that no broker accepts, as a client with a wrong
/// password does. It waits for the broker to close, and closes by itself if that takes long.
/// </summary>
internal sealed class Knocker(
    VirtualStack net, int number, NetPath path, int version, long endMs)
{
    /// <summary>More than any Client Identifier may have here; a CONNECT may be longer.</summary>
    private const int IdLength = 120;

    private const int PatienceMs = 60;
    private const int PauseMs = 5;

    private readonly byte[] _connect = PacketBytes.Of(new Packet(PacketKind.Connect)
    {
        Version = version,
        ClientId = new string('h', IdLength),
        CleanStart = true,
    });

    /// <summary>Begins.</summary>
    public void Knock()
    {
        if (net.NowMs >= endMs)
        {
            return;
        }

        bool isOver = false;
        var peer = new Peer(net, number, path);
        peer.OnOpen = () => peer.Send(_connect);
        peer.OnData = (_, _) => net.After(PatienceMs, peer.Close);
        peer.OnEnd = () => Next();
        net.After(10_000, () =>
        {
            if (!isOver)
            {
                peer.Abort();
                Next();
            }
        });
        peer.Connect();

        void Next()
        {
            if (!isOver)
            {
                isOver = true;
                net.After(PauseMs, Knock);
            }
        }
    }
}
