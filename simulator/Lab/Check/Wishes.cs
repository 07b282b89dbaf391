using System.Collections.Generic;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>What the SUBSCRIBEs of a session asked for, and which retained messages came.</summary>
internal sealed class Wishes
{
    /// <summary>SUBSCRIBEs that asked for what is retained, also of filters gone.</summary>
    public List<(string Filter, long Verb)> Replays { get; } = [];

    /// <summary>Filters that were ever asked for.</summary>
    public HashSet<string> Filters { get; } = [];

    /// <summary>When each filter was given up last.</summary>
    public Dictionary<string, long> Unsubscribed { get; } = [];

    /// <summary>How often each retained message came because of a SUBSCRIBE.</summary>
    public Dictionary<Message, int> Replayed { get; } = [];
}
