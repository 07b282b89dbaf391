using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>Counts what the core has for a session at QoS 1 and 2.</summary>
internal static class KeptInside
{
    private const int Retain = 1;

    /// <summary>Messages that were not sent yet, without those with RETAIN: they may be replays.
    /// </summary>
    public static int Unsent(Broker.Outgoing outgoing, OutboundQueues queues, int number)
    {
        InFlight flight = outgoing.Flight;
        int count = 0;
        for (int age = 0; age < flight.Count[number]; age++)
        {
            int place = flight.PlaceOf(number, age);
            count += flight.State[place] == QosFlow.Unsent
                && (flight.Header[place] & Retain) == 0 ? 1 : 0;
        }

        Backlogs backlogs = CoreInside.BacklogsOf(outgoing);
        int entry = CoreInside.HeadsOf(backlogs)[number];
        for (int left = backlogs.Count[number]; left > 0; left--)
        {
            count += (queues.Header[entry] & Retain) == 0 ? 1 : 0;
            entry = queues.Next[entry];
        }

        return count;
    }

    /// <summary>Messages at QoS 0 in the queue of a connection.</summary>
    public static int QueuedAtQos0(MqttBroker broker, Session session)
    {
        int queued = CoreInside.Queues(broker).Messages[session.Slot];
        if (CoreInside.Outgoing(broker) is not { } outgoing
            || session.State.Connection != session)
        {
            return queued;
        }

        InFlight flight = outgoing.Flight;
        int number = session.State.Number;
        for (int age = 0; age < flight.Queued[number]; age++)
        {
            bool isWaiting = flight.State[flight.PlaceOf(number, age)] != QosFlow.Released
                && !flight.WasSentNow(number, age);
            queued -= isWaiting ? 1 : 0;
        }

        return queued;
    }
}
