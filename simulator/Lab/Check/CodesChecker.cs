using EdgeBroker.Broker;
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

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
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
