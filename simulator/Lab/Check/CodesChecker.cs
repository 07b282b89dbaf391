using System.Collections.Generic;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Every code that is sent is one that the specification has for that packet; and a client that
/// does nothing wrong is refused or closed only for a reason that has a name and was counted.
/// </summary>
public sealed class CodesChecker() : Checker("codes")
{
    private const int ServerShuttingDown = 0x8B;

    // Limits that end a connection though nobody broke the protocol.
    private static readonly int[] _reasons =
    [
        Counter.Takeovers, Counter.KeepAliveTimeouts, Counter.LimitConnections,
        Counter.LimitConnectRate, Counter.LimitConnectTime, Counter.LimitPacketTime,
        Counter.LimitClientId, Counter.LimitQueueTime, Counter.LimitMessageMemory,
    ];

    private readonly Dictionary<Session, Dictionary<int, bool>> _retained = [];
    private (Session Session, Packet Packet)? _publish;
    private int _publishes;
    private bool _hasWills;

    /// <inheritdoc/>
    public override void Started() => _retained.Clear();

    /// <inheritdoc/>
    public override void Closed(Session session) => _retained.Remove(session);

    /// <inheritdoc/>
    public override void Handled(Session session, Packet packet)
    {
        // An empty one takes back what is retained, for which there is always room.
        if (packet.Kind == PacketKind.Publish && packet.Retain && packet.Payload.Length > 0)
        {
            _publishes++;
            _publish = (session, packet);
        }
    }

    /// <inheritdoc/>
    public override void Ended(Session session, Told told, bool leavesWill) => _hasWills = true;

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        // Of several it cannot be told which had no room, and a Will may have had none.
        int due = CoreInside.Wills(Facts.Broker).DueCount;
        if (_publishes == 1 && !_hasWills && due == 0
            && _publish is var (session, packet) && packet.Qos == 1 && session.Version == 5
            && Facts.At(session.Slot) == session)
        {
            bool hasRoom = Facts.Moved(Counter.LimitRetained) == 0;
            _retained.TryAdd(session, []);
            _retained[session][packet.PacketId] = hasRoom;
        }

        _publishes = 0;
        _hasWills = due > 0;
    }

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
        if (packet.Kind == PacketKind.Puback && _retained.TryGetValue(session, out var retained)
            && retained.Remove(packet.PacketId, out bool hadRoom))
        {
            Require((packet.Code != ReasonCode.QuotaExceeded) == hadRoom,
                $"{session} got {packet}, and its message was {(hadRoom ? "" : "not ")}retained");
        }

        string? why = AllowedCodes.Check(packet, true);
        Require(why == null, $"{session} got {packet}: {why}");
        Require(packet.Kind != PacketKind.Disconnect || session.Version == 5,
            $"{session} got a DISCONNECT, which a broker of 3.1.1 does not send");
    }

    /// <inheritdoc/>
    public override void Told(Session session, Told told)
    {
        if (session.Connect == null || !Facts.GoodIds.Contains(session.ClientId)
            || told.Code == ServerShuttingDown
            || told.What is not (BrokerEvent.Closed or BrokerEvent.ConnectRefused))
        {
            return;
        }

        foreach (int reason in _reasons)
        {
            if (Facts.Moved(reason) > 0)
            {
                return;
            }
        }

        throw new CheckFailedException(Name,
            $"{session} did nothing wrong, and {told.What} with 0x{told.Code:X2}: {told.Why}");
    }
}
