namespace EdgeBroker.Simulator.Bench;

/// <summary>How far a connection is.</summary>
internal enum ClientStage
{
    /// <summary>It has not begun.</summary>
    None,

    /// <summary>TCP has not answered yet.</summary>
    Connecting,

    /// <summary>CONNACK or SUBACKs have not come yet.</summary>
    Asking,

    /// <summary>It is ready.</summary>
    Up,

    /// <summary>The broker has refused or closed it.</summary>
    Gone,
}
