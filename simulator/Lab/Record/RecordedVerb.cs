using System;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>One verb of a recording. What its kind has not got keeps older values.</summary>
public sealed class RecordedVerb
{
    /// <summary>Which verb.</summary>
    public VerbKind Kind { get; internal set; }

    /// <summary>Its time.</summary>
    public long NowMs { get; internal set; }

    /// <summary>Its slot; of Open the one that was given.</summary>
    public int Slot { get; internal set; }

    /// <summary>Of Open: the address.</summary>
    public int Address { get; internal set; }

    /// <summary>Of Receive: the bytes, until the next verb is read. In a trace the first ones,
    /// of Transmit too.</summary>
    public ArraySegment<byte> Bytes { get; internal set; }

    /// <summary>Of Transmit: the room.</summary>
    public int Capacity { get; internal set; }

    /// <summary>Of Receive and Transmit: how many bytes.</summary>
    public int Count { get; internal set; }

    /// <summary>Of Transmit: the checksum of all output so far.</summary>
    public uint Checksum { get; internal set; }

    /// <summary>Of Settings: the new ones.</summary>
    public BrokerSettings? Settings { get; internal set; }

    /// <summary>Of Settings: whether clients may connect from now on.</summary>
    public bool AllowsAnonymous { get; internal set; }

    /// <summary>Of End: the figures.</summary>
    public RecordedFigures? Figures { get; internal set; }
}
