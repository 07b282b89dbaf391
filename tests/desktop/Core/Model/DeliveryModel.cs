using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Topics;

namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>
/// Who is to get what, and why somebody did not. It is told of what the broker has handled, and of
/// sessions by the broker's own events, and says what that means in a page of plain code.
/// </summary>
internal sealed class DeliveryModel : BrokerObserver
{
    private readonly Dictionary<string, SimMessage> _messages = [];
    private readonly Dictionary<string, SimMessage> _retained = [];
    private readonly Queue<(SimMessage Message, bool IsRetained)> _due = new();
    private readonly HashSet<string> _forgotten = [];
    private readonly HashSet<string> _unsure = [];
    private readonly long[] _before = new long[Counter.Count];
    private MqttBroker _broker;
    private OutboundQueues _queues;
    private InboundBuffers _inbound;
    private WillMessages _wills;
    private MessageStore _store;
    private int _reserved;
    private bool[] _wasBlocked;
    private int _reads;

    /// <summary>Clients by slot, or null.</summary>
    public SimClient[] Clients { get; private set; }

    public long NowMs { get; set; } = DeliveryRun.StartMs;

    /// <summary>Verbs so far.</summary>
    public long Verb { get; private set; }

    /// <summary>Messages that a client did not get for a limit.</summary>
    public long Missing { get; private set; }

    /// <summary>Of these, such as may have expired instead.</summary>
    public long MaybeExpired { get; private set; }

    /// <summary>Whether what waited at the end of a session can be told.</summary>
    public bool IsExact { get; init; }

    /// <summary>Begins to watch a broker.</summary>
    public void Watch(MqttBroker broker, BrokerLimits limits)
    {
        int slots = limits.Slots();
        _reserved = limits.ReservedBlocks();
        _store = (MessageStore)Inside.Field(broker, "_store");
        _broker = broker;
        _queues = (OutboundQueues)Inside.Field(broker, "_queues");
        _inbound = (InboundBuffers)Inside.Field(broker, "_inbound");
        _wills = (WillMessages)Inside.Field(broker, "_wills");
        Clients = new SimClient[slots];
        _wasBlocked = new bool[slots];
    }

    /// <summary>A new message.</summary>
    public SimMessage Create(string topic, int payload, byte[] properties, int expiryS)
    {
        SimMessage message = new(_messages.Count, topic, payload, properties, expiryS)
        {
            RetainedUntil = -1,
        };
        _messages.Add(SimMessage.KeyOf(message.TopicBytes, message.Payload), message);
        return message;
    }

    /// <summary>The message with this topic and payload, or null.</summary>
    public SimMessage Find(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload) =>
        _messages.GetValueOrDefault(SimMessage.KeyOf(topic, payload));

    /// <summary>Messages so far.</summary>
    public int Count => _messages.Count;

    /// <summary>A name that something is retained under and that never was forgotten.</summary>
    public string AnyRetained(Random random)
    {
        string[] names = [.. _retained.Keys.Where(name => !_forgotten.Contains(name))];
        string name = names.Length > 0 ? names[random.Next(names.Length)] : null;
        _forgotten.Add(name ?? "");
        return name;
    }

    /// <summary>A verb begins.</summary>
    /// <param name="reads">The slot that is read, or None.</param>
    public void Begin(int reads)
    {
        _reads = reads;
        Verb++;
        _broker.ReadCounters(_before);
        for (int slot = 0; slot < Clients.Length; slot++)
        {
            _wasBlocked[slot] = Clients[slot]?.IsBlocked == true;
        }
    }

    /// <summary>A verb has ended: learns what was handled and checks what was dropped.</summary>
    public void End()
    {
        _reads = MqttBroker.None;
        Sync();
        long dropped = Moved(Counter.PublishDropped);
        long tooLarge = Moved(Counter.LimitClientPacketSize);
        long limits = Moved(Counter.LimitQueue) + Moved(Counter.LimitQueueEntries)
            + Moved(Counter.LimitMessageMemory);
        Require(dropped - tooLarge <= limits, "dropped without a limit");
        bool isBlocked = false;
        for (int slot = 0; slot < Clients.Length; slot++)
        {
            if (_wasBlocked[slot] && dropped > tooLarge && Clients[slot] != null)
            {
                isBlocked = true;
                Clients[slot].DropVerb = Verb;
            }
        }

        Require(dropped == tooLarge || isBlocked || _wasBlocked.Any(b => b),
            "dropped though nobody was slow");
        CheckShares();
        foreach (string topic in _unsure)
        {
            CheckRetained(topic);
        }

        _unsure.Clear();
    }

    /// <summary>A PUBLISH was handled.</summary>
    public void Publish(SimClient client, SimMessage message, bool isRetained, int packetId)
    {
        message.PublishedMs = NowMs;
        int reached = Route(message, isRetained, client);
        if (packetId == 0)
        {
            return;
        }

        byte high = (byte)(packetId >> 8);
        byte low = (byte)packetId;
        byte[] plain = [0x40, 2, high, low];
        byte[] refusal = [0x40, 3, high, low, ReasonCode.QuotaExceeded];
        byte[] unmatched = [0x40, 3, high, low, ReasonCode.NoMatchingSubscribers];
        bool isV5 = client.Version == 5;
        client.Expected.Add(new Expectation(null, false,
            isV5 && reached == 0 ? unmatched : plain, isV5 && isRetained ? refusal : null, Verb));
    }

    /// <summary>A SUBSCRIBE was handled.</summary>
    public void Subscribe(SimClient client, string[] filters, int[] options, byte[] answer)
    {
        for (int i = 0; i < filters.Length; i++)
        {
            int handling = options[i] >> SubscriptionOptions.RetainHandlingShift;
            bool isNew = !client.Filters.ContainsKey(filters[i]);
            client.Filters[filters[i]] = options[i];
            if (handling == 0 || (handling == 1 && isNew))
            {
                client.Replays.Add((filters[i], Verb));
            }
        }

        client.Expected.Add(new Expectation(null, false, answer, null, Verb));
    }

    /// <summary>A message that was retained came: whether it had to do with a SUBSCRIBE.</summary>
    public void CheckReplay(SimClient client, SimMessage message)
    {
        bool isRetained = _retained.GetValueOrDefault(message.Topic) == message;
        int occasions = client.Replays.Count(r => Matches(r.Filter, message.Topic)
            && (isRetained || message.RetainedUntil >= r.Verb));
        Require(client.Replayed[message] <= occasions,
            $"{client.ClientId} was not to get {message.Number} as retained");
    }

    /// <summary>A client did not get something that it should have got.</summary>
    public void NoteMissing(SimClient client, Expectation missing)
    {
        SimMessage message = missing.Message;
        bool isTooLarge = message.SizeFor(client.Version) > client.MaxPacket;
        bool mayBeExpired = message.IsExpired(NowMs);
        bool wasSlow = client.DropVerb >= missing.Verb;
        Require(isTooLarge || mayBeExpired || wasSlow,
            $"{client.ClientId} lacks {message.Number} of verb {missing.Verb}, was not slow");
        Missing++;
        MaybeExpired += mayBeExpired && !isTooLarge ? 1 : 0;
    }

    /// <summary>What is retained and was to be replayed to a client has come.</summary>
    public void CheckReplays(SimClient client)
    {
        foreach (SimMessage message in _retained.Values.Where(m => !client.Replayed.ContainsKey(m)
            && client.DropVerb < 0 && m.SizeFor(client.Version) <= client.MaxPacket))
        {
            Require(!client.Replays.Any(r => r.Verb > client.Unsubscribed.GetValueOrDefault(
                r.Filter, -1) && Matches(r.Filter, message.Topic) && message.RetainedFrom < r.Verb),
                $"{client.ClientId} lacks retained {message.Number}");
        }
    }

    /// <inheritdoc/>
    public override void On(BrokerEvent what, int slot, byte reasonCode, string why)
    {
        SimClient client = Clients[slot];
        switch (what)
        {
            case BrokerEvent.Connected:
                client.IsConnected = true;
                client.Expected.Add(new Expectation(null, false, [0x20], null, Verb));
                break;
            case BrokerEvent.Closed or BrokerEvent.Lost or BrokerEvent.Disconnected:
                Sync();
                CheckEnd(client, why);
                EndSession(client,
                    what != BrokerEvent.Disconnected || (client.Version == 5 && reasonCode != 0));
                break;
            case BrokerEvent.ConnectRefused:
                client.End();
                break;
        }
    }

    private void CheckEnd(SimClient client, string why)
    {
        Require(why?.Contains("cannot be sent") != true, why);
        bool isForMemory = why?.Contains("memory is short") == true;
        Require(!isForMemory || (client.IsBlocked && Moved(Counter.LimitMessageMemory) > 0),
            $"{client.ClientId} was not slow, but {why}");
        bool isForQueue = why?.Contains("reads too slowly") == true;
        Require(!isForQueue || client.DropVerb >= 0, $"{client.ClientId} lost nothing, but {why}");
    }

    // What is kept for responses is never taken by messages, and what is counted adds up.
    private void CheckShares()
    {
        HashSet<int> stored = [];
        int responses = 0;
        for (int slot = 0; slot < Clients.Length; slot++)
        {
            responses += _queues.Responses[slot];
            int entry = Clients[slot] == null ? OutboundQueues.None : _queues.Head[slot];
            for (; entry != OutboundQueues.None; entry = _queues.Next[entry])
            {
                if (_queues.Header[entry] == OutboundQueues.Raw)
                {
                    stored.Add(_queues.Value[entry]);
                }
            }
        }

        int free = _store.Pool.FreeCount + stored.Sum(_store.BlocksOf);
        Require(free >= _reserved, $"messages leave {free} blocks to responses");
        Require(_queues.Count - _queues.ResponseCount <= _queues.MessageEntries,
            "messages have entries of responses");
        Require(responses == _queues.ResponseCount
            && _queues.Messages.Sum() + responses == _queues.Count, "entries");
    }

    private void EndSession(SimClient client, bool hasWill)
    {
        if (client.IsConnected && IsExact)
        {
            // What waits goes with the connection; the rest was dropped before.
            int gone = client.Outstanding(m => true) - _queues.Messages[client.Slot];
            Require(gone >= 0, "more waits than there is");
            int expired = client.Outstanding(m => m.IsExpired(NowMs));
            int tooLarge = client.Outstanding(
                m => m.SizeFor(client.Version) > client.MaxPacket);
            bool losesNow = _wasBlocked[client.Slot] && Moved(Counter.PublishDropped) > 0;
            Require(gone <= expired + tooLarge || client.DropVerb >= 0 || losesNow,
                $"{client.ClientId} lost {gone}");
            Missing += gone;
            MaybeExpired += Math.Min(gone, expired);
        }

        if (client.IsConnected && client.Will != null && hasWill)
        {
            _due.Enqueue((client.Will, client.IsWillRetained));
            client.Will.PublishedMs = NowMs;
        }

        client.End();
    }

    // Wills that were routed come first: what is due goes before what waits to be handled.
    private void Sync()
    {
        while (_due.Count > _wills.DueCount)
        {
            (SimMessage will, bool isRetained) = _due.Dequeue();
            Route(will, isRetained, null);
        }

        foreach (SimClient client in Clients)
        {
            // How much of what is being read is handled will be seen when it is.
            while (client?.Packets.Count > 0 && client.Slot != _reads
                && _broker.StateOf(client.Slot)
                    is ConnectionState.AwaitingConnect or ConnectionState.Connected
                && client.Packets.Peek().End <= client.Given - _inbound.Length[client.Slot])
            {
                client.Packets.Dequeue().Handle();
            }
        }
    }

    private int Route(SimMessage message, bool isRetained, SimClient publisher)
    {
        int reached = 0;
        foreach (SimClient client in Clients.Where(c => c?.IsConnected == true))
        {
            int[] options = [.. client.Filters.Where(f => Matches(f.Key, message.Topic))
                .Select(f => f.Value)];
            reached += options.Length > 0 ? 1 : 0;
            if (options.Length == 0 || (client == publisher
                && options.All(o => (o & SubscriptionOptions.NoLocal) != 0)))
            {
                continue;
            }

            bool keeps = isRetained
                && options.Any(o => (o & SubscriptionOptions.RetainAsPublished) != 0
                    && (client != publisher || (o & SubscriptionOptions.NoLocal) == 0));
            client.Expected.Add(new Expectation(message, keeps, null, null, Verb));
        }

        if (isRetained)
        {
            Forget(message.Topic);
            if (message.Payload.Length > 0)
            {
                _retained[message.Topic] = message;
                message.RetainedFrom = Verb;
            }

            _unsure.Add(message.Topic);
        }

        return reached;
    }

    private void Forget(string topic)
    {
        if (_retained.Remove(topic, out SimMessage older))
        {
            older.RetainedUntil = Verb;
        }
    }

    // A limit may keep a message from being retained: then nothing is retained under its name.
    private void CheckRetained(string topic)
    {
        byte[] name = new byte[200];
        bool isThere = false;
        for (int place = 0; place < _broker.RetainedPlaces(); place++)
        {
            int length = _broker.ReadRetainedName(place, name);
            isThere |= length > 0 && Encoding.UTF8.GetString(name, 0, length) == topic;
        }

        if (_retained.ContainsKey(topic) && !isThere)
        {
            Require(Moved(Counter.LimitRetained) > 0, $"{topic} is not retained");
            Forget(topic);
        }

        Require(_retained.ContainsKey(topic) == isThere, $"{topic} is retained");
    }

    private long Moved(int counter) => _broker.CounterOf(counter) - _before[counter];

    private static bool Matches(string filter, string name)
    {
        byte[] f = Encoding.UTF8.GetBytes(filter);
        byte[] n = Encoding.UTF8.GetBytes(name);
        return TopicFilter.Matches(f, 0, f.Length, n, 0, n.Length);
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException(what);
        }
    }
}
