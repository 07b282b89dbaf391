namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>What a reference broker allows; without further limits.</summary>
/// <param name="MaxQos">Highest QoS of a PUBLISH from a client, 0 or 1.</param>
/// <param name="RetainAvailable">Whether messages may be retained.</param>
/// <param name="MaxKeepAliveS">Longest Keep Alive in seconds; 0 for any.</param>
/// <param name="AllowEmptyClientId">Whether a client may leave its identifier out.</param>
/// <param name="MaxPacketSize">Largest packet in bytes, told in CONNACK.</param>
/// <param name="ConnectTimeoutMs">Time for a CONNECT to come.</param>
public sealed record ReferenceSettings(int MaxQos, bool RetainAvailable, int MaxKeepAliveS,
    bool AllowEmptyClientId, int MaxPacketSize, long ConnectTimeoutMs);
