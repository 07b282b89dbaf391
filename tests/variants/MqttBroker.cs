using System;
using System.Reflection;
using EdgeBroker.Broker;
using EdgeBroker.Codec;

namespace EdgeBroker.Tests;

/// <summary>
/// Stands in for the broker in the shared tests, whose namespace is this one: the same verbs and
/// questions, but blocks of another size, and no PUBLISH takes the fast path.
/// </summary>
/// <remarks>
/// The fast path is for clients of 3.1.1 only, and everything else asks just whether a client is
/// one of 5.0. So it is off for whoever is noted as a client of 3.1.
/// </remarks>
public sealed class MqttBroker
{
    public const int None = EdgeBroker.Broker.MqttBroker.None;
    public const int MinCapacity = EdgeBroker.Broker.MqttBroker.MinCapacity;
    public const string Version = EdgeBroker.Broker.MqttBroker.Version;

    /// <summary>Bytes of a block, unless the environment names others.</summary>
    private const string DefaultBlockSize = "256";

    private readonly EdgeBroker.Broker.MqttBroker _broker;
    private readonly byte[] _versions;

    public MqttBroker(BrokerLimits limits, BrokerSettings settings, Authenticator authenticator,
        BrokerObserver observer, long nowMs)
    {
        int size = int.Parse(
            Environment.GetEnvironmentVariable("EDGEBROKER_BLOCK") ?? DefaultBlockSize);
        int blocks = limits.MessageBlocks - limits.ReservedBlocks();
        limits.MessageBlockSize = size;
        limits.MessageBlocks = limits.ReservedBlocks()
            + Math.Max(blocks, limits.MaxPacketSize / size + 2);
        _broker = new EdgeBroker.Broker.MqttBroker(
            limits, settings, authenticator, observer, nowMs);
        object table = _broker.GetType()
            .GetField("_connections", BindingFlags.Instance | BindingFlags.NonPublic)
            .GetValue(_broker);
        _versions = ((ConnectionTable)table).Version;
    }

    public int ConnectedClients => _broker.ConnectedClients;

    public int OpenConnections => _broker.OpenConnections;

    public bool CanOpen() => _broker.CanOpen();

    public int Open(int address, long nowMs) => _broker.Open(address, nowMs);

    public int ReceiveWindow(int slot) => _broker.ReceiveWindow(slot);

    public void Receive(int slot, byte[] buffer, int offset, int count, long nowMs)
    {
        _broker.Receive(slot, buffer, offset, count, nowMs);
        LeaveFastPath();
    }

    public int PassesTo(int slot, byte[] buffer, int count) =>
        _broker.PassesTo(slot, buffer, count);

    public void Pass(int slot, int target, byte[] buffer, int count, long nowMs) =>
        _broker.Pass(slot, target, buffer, count, nowMs);

    public int Ready() => _broker.Ready();

    public bool HasOutput(int slot) => _broker.HasOutput(slot);

    public bool WantsClose(int slot) => _broker.WantsClose(slot);

    public int Transmit(int slot, byte[] buffer, int offset, int capacity, long nowMs) =>
        _broker.Transmit(slot, buffer, offset, capacity, nowMs);

    public void Block(int slot, long nowMs) => _broker.Block(slot, nowMs);

    public void Tick(long nowMs)
    {
        _broker.Tick(nowMs);
        LeaveFastPath();
    }

    public long NextDeadlineMs() => _broker.NextDeadlineMs();

    public void Close(int slot, long nowMs) => _broker.Close(slot, nowMs);

    public void Shutdown(long nowMs) => _broker.Shutdown(nowMs);

    public long CounterOf(int counter) => _broker.CounterOf(counter);

    public void ReadCounters(long[] target) => _broker.ReadCounters(target);

    public long SysValue(int topic) => _broker.SysValue(topic);

    public void SetHost(HostFigures host) => _broker.SetHost(host);

    public void SetTap(VerbTap tap) => _broker.SetTap(tap);

    public int RetainedPlaces() => _broker.RetainedPlaces();

    public int ReadRetainedName(int place, byte[] target) =>
        _broker.ReadRetainedName(place, target);

    public ConnectionState StateOf(int slot) => _broker.StateOf(slot);

    public byte VersionOf(int slot) => _versions[slot] == ProtocolVersion.V31
        ? ProtocolVersion.V311
        : _versions[slot];

    public int ReadClientId(int slot, byte[] target) => _broker.ReadClientId(slot, target);

    private void LeaveFastPath()
    {
        for (int slot = 0; slot < _versions.Length; slot++)
        {
            _versions[slot] = _versions[slot] == ProtocolVersion.V311
                ? ProtocolVersion.V31
                : _versions[slot];
        }
    }
}
