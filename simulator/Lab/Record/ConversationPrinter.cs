using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using EdgeBroker.Broker;
using EdgeBroker.Codec;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>
/// Prints what clients and a broker say to each other: a line for each packet, and for what the
/// broker refuses and why. Nothing of it can control a terminal.
/// </summary>
public sealed class ConversationPrinter : BrokerObserver
{
    private const int MostIdBytes = 64 * 1024;

    private readonly TextWriter _to;
    private readonly long _startMs;
    private readonly Dictionary<int, Talk> _talks = [];
    private readonly byte[] _clientId = new byte[MostIdBytes];
    private MqttBroker? _broker;

    /// <param name="to">Takes the lines.</param>
    /// <param name="startMs">The time that is printed as 0.</param>
    public ConversationPrinter(TextWriter to, long startMs)
    {
        _to = to;
        _startMs = startMs;
        NowMs = startMs;
    }

    /// <summary>The time of what comes next.</summary>
    public long NowMs { get; set; }

    /// <summary>Packets from clients.</summary>
    public long PacketsIn { get; private set; }

    /// <summary>Packets to clients.</summary>
    public long PacketsOut { get; private set; }

    /// <summary>Says whose clients they are; before the first one.</summary>
    public void Attach(MqttBroker broker) => _broker = broker;

    /// <summary>A connection has a slot, or has found none.</summary>
    public void Opened(int slot)
    {
        if (slot == MqttBroker.None)
        {
            Line("-", "refused: every place is taken");
            return;
        }

        _talks[slot] = new Talk();
        Say(slot, "opens");
    }

    /// <summary>A client sends.</summary>
    public void Incoming(int slot, byte[] buffer, int offset, int count)
    {
        Talk talk = TalkOf(slot);
        foreach (string text in talk.In.Add(buffer, offset, count))
        {
            PacketsIn++;
            Say(slot, "-> " + text);
            if (talk.In.Last is { Kind: PacketKind.Connect } connect && talk.Name.Length == 0)
            {
                talk.Name = connect.ClientId;
                talk.Out.Version = connect.Version;
            }
        }
    }

    /// <summary>A chunk of which only the first bytes are known.</summary>
    public void Head(int slot, bool isFromClient, byte[] head, int count)
    {
        Talk talk = TalkOf(slot);
        HeadText text = isFromClient ? talk.HeadIn : talk.HeadOut;
        text.Version = Math.Max(talk.HeadIn.Version, talk.HeadOut.Version);
        foreach (string packet in text.Add(head, count))
        {
            Say(slot, (isFromClient ? "-> " : "<- ") + packet);
        }
    }

    /// <summary>Tells the Client Identifier of a connection.</summary>
    public void Name(int slot, string clientId) => TalkOf(slot).Name = clientId;

    /// <summary>The broker sends.</summary>
    public void Outgoing(int slot, byte[] buffer, int offset, int count)
    {
        Talk talk = TalkOf(slot);
        foreach (string text in talk.Out.Add(buffer, offset, count))
        {
            PacketsOut++;
            if (talk.Out.Last is { Kind: PacketKind.Connack, Code: 0 })
            {
                talk.Name = IdOf(slot); // The broker may have chosen it.
            }

            Say(slot, "<- " + text);
        }
    }

    /// <summary>A client's socket takes no more.</summary>
    public void Blocked(int slot) => Say(slot, "takes no more for now");

    /// <summary>A connection has gone.</summary>
    public void Closed(int slot)
    {
        int left = TalkOf(slot).In.Pending;
        Say(slot, left > 0 ? $"is gone, with {left} bytes of a packet that is not whole"
            : "is gone");
        _talks.Remove(slot);
    }

    /// <summary>The broker shuts down.</summary>
    public void ShutDown() => Line("-", "the broker shuts down");

    /// <summary>The host has changed settings.</summary>
    public void SettingsChanged() => Line("-", "the settings have changed");

    /// <inheritdoc/>
    public override void On(BrokerEvent what, int slot, byte reasonCode, string? why)
    {
        string? phrase = what switch
        {
            BrokerEvent.ConnectRefused => "CONNECT refused",
            BrokerEvent.Closed => "closed by the broker",
            BrokerEvent.SubscribeRefused => "subscription refused",
            BrokerEvent.PublishRefused => "PUBLISH refused",
            BrokerEvent.QueueFull => "its queue is full",
            _ => null, // The packets say it.
        };
        if (phrase != null)
        {
            bool hasReason = why != null || reasonCode != ReasonCode.Success;
            Say(slot, hasReason
                ? $"!! {phrase}: {why ?? "no reason given"} (0x{reasonCode:X2})"
                : "!! " + phrase);
        }
    }

    private string IdOf(int slot) => _broker == null ? ""
        : Encoding.UTF8.GetString(_clientId, 0, _broker.ReadClientId(slot, _clientId));

    private Talk TalkOf(int slot)
    {
        if (!_talks.TryGetValue(slot, out Talk? talk))
        {
            _talks[slot] = talk = new Talk();
        }

        return talk;
    }

    private void Say(int slot, string text)
    {
        string name = TalkOf(slot).Name;
        Line(slot.ToString(CultureInfo.InvariantCulture),
            name.Length == 0 ? text : SafeText.Quote(name) + " " + text);
    }

    private void Line(string slot, string text)
    {
        string time = ((NowMs - _startMs) / 1000.0).ToString("F3", CultureInfo.InvariantCulture);
        _to.WriteLine($"{time,10} #{slot,-4} {text}");
    }

    private sealed class Talk
    {
        public PacketText In { get; } = new();

        public PacketText Out { get; } = new();

        public HeadText HeadIn { get; } = new();

        public HeadText HeadOut { get; } = new();

        public string Name { get; set; } = "";
    }
}
