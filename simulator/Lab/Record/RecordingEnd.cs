namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>How a recording ends.</summary>
public enum RecordingEnd
{
    /// <summary>It has not been read to its end.</summary>
    Unread,

    /// <summary>The broker ended it.</summary>
    Whole,

    /// <summary>It stops in the middle: the process was killed, or the disk was full.</summary>
    CutOff,

    /// <summary>Its bytes are not those that were written.</summary>
    Damaged,
}
