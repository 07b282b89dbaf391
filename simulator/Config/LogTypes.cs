using System;

namespace EdgeBroker.Simulator.Config;

/// <summary>Kinds of log lines, with mosquitto's names (log_type).</summary>
[Flags]
public enum LogTypes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Something of the broker itself has failed.</summary>
    Error = 1,

    /// <summary>Messages are lost, or the setup is doubtful.</summary>
    Warning = 2,

    /// <summary>Clients come and go; refusals.</summary>
    Notice = 4,

    /// <summary>Start, stop and totals.</summary>
    Information = 8,

    /// <summary>Everything.</summary>
    All = Error | Warning | Notice | Information,
}
