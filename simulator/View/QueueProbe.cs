using System.Runtime.CompilerServices;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.View;

/// <summary>
/// What waits for each client. The core has no question for it, as no board needs one, so the
/// view reads the core's own tables; from the host's thread only.
/// </summary>
public static class QueueProbe
{
    /// <summary>The queues of a broker.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_queues")]
    public static extern ref OutboundQueues Queues(MqttBroker broker);

    /// <summary>Which of these queues are full.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_pressure")]
    public static extern ref QueuePressure Pressure(MqttBroker broker);
}
