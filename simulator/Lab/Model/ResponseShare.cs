using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>What is kept for responses is never taken by messages, and what is counted of the
/// queues adds up.</summary>
internal static class ResponseShare
{
    /// <summary>What is wrong, or null.</summary>
    /// <param name="broker">Between two verbs.</param>
    /// <param name="reserved">Blocks that are kept for responses, see ReservedBlocks.</param>
    public static string? Fault(MqttBroker broker, int reserved)
    {
        OutboundQueues queues = CoreInside.Queues(broker);
        MessageStore store = CoreInside.Store(broker);
        int responses = queues.Responses.Sum();
        int messages = queues.Messages.Sum();
        if (CoreInside.Outgoing(broker) is { } outgoing)
        {
            messages += CoreInside.BacklogsOf(outgoing).Count.Sum(); // They have entries, too.
        }

        if (responses != queues.ResponseCount || messages + responses != queues.Count)
        {
            return $"{messages} messages and {responses} responses are queued, counted are "
                + $"{queues.Count} of which {queues.ResponseCount} are responses";
        }

        if (messages > queues.MessageEntries)
        {
            return $"{messages} messages have queue entries that are kept for responses";
        }

        // Mostly there is enough, and nobody has to look how much of it responses have taken.
        int free = store.Pool.FreeCount;
        if (free < reserved)
        {
            free += StoredResponses(queues).Sum(store.BlocksOf);
        }

        return free < reserved ? $"messages leave {free} blocks of {reserved} to responses" : null;
    }

    private static HashSet<int> StoredResponses(OutboundQueues queues)
    {
        var stored = new HashSet<int>();
        for (int slot = 0; slot < queues.Head.Length; slot++)
        {
            int entry = queues.Responses[slot] > 0 ? queues.Head[slot] : OutboundQueues.None;
            for (; entry != OutboundQueues.None; entry = queues.Next[entry])
            {
                if (queues.Header[entry] == OutboundQueues.Raw)
                {
                    stored.Add(queues.Value[entry]);
                }
            }
        }

        return stored;
    }
}
