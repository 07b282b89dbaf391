using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>What the broker counts is what it got and sent.</summary>
public sealed class CountersChecker() : Checker("counters")
{
    private long _messages;
    private long _published;
    private long _payloadBytes;

    /// <inheritdoc/>
    public override void Started() => Clear();

    /// <inheritdoc/>
    public override void Sent(Session session, Packet packet)
    {
        _messages++;
        _published += packet.Kind == PacketKind.Publish ? 1 : 0;
        _payloadBytes += packet.Payload.Length;
    }

    /// <inheritdoc/>
    public override void AfterVerb(Verb verb)
    {
        Require(Counter.PublishSent, "PUBLISHs sent", _published);
        Require(Counter.MessagesSent, "packets sent", _messages);
        Require(Counter.PublishBytesSent, "bytes of payload sent", _payloadBytes);
        Require(Counter.BytesSent, "bytes sent", verb.Kind == VerbKind.Transmit ? verb.Count : 0);
        Require(Counter.BytesReceived, "bytes received",
            verb.Kind == VerbKind.Receive ? verb.Count : 0);
        Require(Counter.ConnectionsAccepted, "connections taken",
            verb.Kind == VerbKind.Open ? 1 : 0);
        Clear();
    }

    private void Require(int counter, string what, long there)
    {
        long counted = Facts.Moved(counter);
        Require(counted == there, $"{counted} {what} are counted, {there} there were");
    }

    private void Clear()
    {
        _messages = 0;
        _published = 0;
        _payloadBytes = 0;
    }
}
