using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Simulator.Cost.Operations;

namespace EdgeBroker.Simulator.Cost;

/// <summary>The operations, in the order in which they are shown.</summary>
public static class OperationList
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<OperationInfo> All { get; } =
    [
        new("parse", "parse a PUBLISH", version => new ParseOperation(version)),
        new("validate", "check a Topic Name", _ => new ValidateOperation()),
        new("match", "look up its subscribers", _ => new MatchOperation()),
        new("route-0", "PUBLISH to nobody", version => new RouteOperation(0, version)),
        new("route-1", "PUBLISH to 1", version => new RouteOperation(1, version)),
        new("route-5", "PUBLISH to 5", version => new RouteOperation(5, version)),
        new("route-15", "PUBLISH to 15", version => new RouteOperation(15, version)),
        new("route-new", "PUBLISH to 1, a name not remembered",
            version => new NewNameOperation(version)),
        new("replay", "SUBSCRIBE with a Retained Message",
            version => new ReplayOperation(version)),
        new("qos-1", "sessions: QoS 1 to 1, PUBACK both ways",
            version => new QosOperation(1, version)),
        new("qos-2", "sessions: QoS 2 to 1, all packets",
            version => new QosOperation(2, version)),
        new("resume", "sessions: CONNECT, 4 messages again",
            version => new ResumeOperation(version)),
        new("connect", "CONNECT and DISCONNECT", version => new ConnectOperation(version)),
        new("ping", "PINGREQ", version => new PingOperation(version)),
        new("tick", "Tick for Keep Alive, 15 clients", version => new TickOperation(version)),
        new("loop-publish", "the firmware: PUBLISH to 1, at rest",
            version => new LoopPublishOperation(version)),
        new("loop-flow", "the firmware: PUBLISH to 1, in a flow",
            version => new LoopFlowOperation(version)) { Parts = LoopFlowOperation.Messages },
        new("loop-connect", "the firmware: a client connects",
            version => new LoopConnectOperation(version)),
        new("loop-idle", "the firmware: a turn at rest",
            version => new LoopTurnOperation(version)),
        new("loop-chores", "the firmware: a turn with chores",
            version => new LoopChoresOperation(version)) { Parts = LoopChoresOperation.Turns },
    ];

    /// <summary>The operation of a name, or null.</summary>
    public static OperationInfo? Find(string name) =>
        All.FirstOrDefault(operation => operation.Name == name);
}
