using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Net;

namespace EdgeBroker.Simulator.Serve;

/// <summary>The parts of a running broker that settings can change.</summary>
/// <param name="Config">The settings that it runs with.</param>
/// <param name="Host">Its loop.</param>
/// <param name="Admission">Who may connect.</param>
/// <param name="Events">What is logged of clients.</param>
/// <param name="Log">What is logged at all.</param>
/// <param name="Destinations">Where the log goes.</param>
/// <param name="Recording">Is told of new settings, or null.</param>
public sealed record RunningBroker(ServeConfig Config, TcpHost Host, Admission Admission,
    EventLog Events, LogQueue Log, LogDestinations Destinations, SessionRecording? Recording);
