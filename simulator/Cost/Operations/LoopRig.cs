using System;
using EdgeBroker.Boards;
using EdgeBroker.Firmware.Pc;

namespace EdgeBroker.Simulator.Cost.Operations;

/// <summary>
/// A board with a publisher and a subscriber, in a virtual network where frames take no time. The
/// clients have no Keep Alive, so whole minutes may pass.
/// </summary>
internal sealed class LoopRig : IDisposable
{
    /// <summary>Time from one turn with chores to the next, in milliseconds.</summary>
    public const int ChoresMs = 50;

    private const string Board = "esp32";
    private const int MostTurns = 1000;

    // Wi-Fi comes first.
    private const int TurnsToListen = 20;

    // Longer than the loop goes on without a pause after traffic.
    private const int RestMs = 100;

    private readonly VirtualStack _net;
    private readonly ServedProgram _program;
    private readonly Peer _publisher;
    private readonly Peer _subscriber;
    private readonly byte[] _packet;
    private readonly byte[] _guestConnects;
    private Peer? _guest;
    private int _clients;
    private int _arrived;

    /// <summary>A board that serves.</summary>
    public LoopRig(byte version)
    {
        var radio = new Radio();
        _net = new VirtualStack(radio, 1);
        Radio.Current = radio;
        NetStack.Current = _net;
        BoardProfile board = AllBoards.Find(Board)!;
        board.Limits.MaxConnectRate = 0;
        _net.SocketLimit = board.Sockets;
        _program = new ServedProgram(board, _net, radio, BrokerRig.Settings());
        for (int i = 0; i < TurnsToListen; i++)
        {
            Rest();
        }

        _packet = ClientPackets.Publish(ClientPackets.Topic, false, version);
        _subscriber = Connect(ClientPackets.Connect("sub", version, 0));
        Exchange(_subscriber, ClientPackets.Subscribe(ClientPackets.Topic, version));
        _guestConnects = ClientPackets.Connect("kitchen-sensor", version, 0);
        _publisher = Connect(ClientPackets.Connect("pub", version, 0));
    }

    /// <summary>Bytes that have reached the subscriber for each PUBLISH.</summary>
    public int PacketSize => _packet.Length;

    /// <summary>Bytes that have reached any client.</summary>
    public int Arrived => _arrived;

    /// <summary>Lets the loop come to rest; its chores were just done then.</summary>
    public void Rest()
    {
        Pass(RestMs);
        Turn();
        Turn();
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(int ms) => _net.RunUntil(_net.NowMs + ms);

    /// <summary>The publisher sends a PUBLISH, which waits in the board's socket then.</summary>
    public void Publish()
    {
        _publisher.Send(_packet);
        Deliver();
    }

    /// <summary>
    /// The guest before goes; another one's CONNECT waits behind the listening socket then.
    /// </summary>
    public void ExpectGuest()
    {
        _guest?.Close();
        Rest();
        Peer guest = MakePeer();
        guest.OnOpen = () => guest.Send(_guestConnects);
        guest.Connect();
        Deliver();
        _guest = guest;
    }

    /// <summary>The loop turns once.</summary>
    public void Turn()
    {
        _program.Turn();
        Deliver();
    }

    /// <inheritdoc/>
    public void Dispose() => _program.Dispose();

    private Peer Connect(byte[] packet)
    {
        Peer peer = MakePeer();
        peer.Connect();
        for (int i = 0; i < MostTurns && !peer.IsOpen; i++)
        {
            Rest();
        }

        Exchange(peer, packet);
        return peer;
    }

    private Peer MakePeer() => new(_net, ++_clients, new NetPath { OneWayMs = 0 })
    {
        OnData = (_, count) => _arrived += count,
    };

    private void Exchange(Peer peer, byte[] packet)
    {
        int before = _arrived;
        peer.Send(packet);
        for (int i = 0; i < MostTurns && _arrived == before; i++)
        {
            Deliver();
            Turn();
        }

        if (_arrived == before)
        {
            throw new InvalidOperationException("the board does not answer");
        }
    }

    private void Deliver() => _net.RunUntil(_net.NowMs);
}
