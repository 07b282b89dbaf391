using System;
using System.Collections.Generic;
using EdgeBroker.Simulator.Serve;

namespace EdgeBroker.Simulator.View;

/// <summary>Everything that a picture is drawn from, as it was at one moment.</summary>
public sealed class Sample
{
    /// <summary>The broker's figures; null in a sample that was not filled yet.</summary>
    public Figures? Figures { get; set; }

    /// <summary>The connected clients, in no order.</summary>
    public List<ClientRow> Clients { get; } = [];

    /// <summary>The topics, in no order.</summary>
    public List<TopicRow> Topics { get; } = [];

    /// <summary>The beginnings of the topics' last values, see TopicRow.ValueAt.</summary>
    public byte[] Values { get; } = new byte[TopicTable.MaxTopics * TopicTap.KeptBytes];

    /// <summary>What has a limit.</summary>
    public List<Gauge> Gauges { get; } = [];

    /// <summary>Messages per second to topics that are not listed.</summary>
    public double OtherTopicsRate { get; set; }

    /// <summary>Whether the rates of topics are estimates.</summary>
    public bool AreTopicsEstimates { get; set; }

    /// <summary>The last value of a topic as text, shortened.</summary>
    public string ValueOf(TopicRow topic)
    {
        return Printable.Payload(Values.AsSpan(topic.ValueAt, topic.Kept), topic.Length);
    }
}
