using System;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MQTTnet;
using MQTTnet.Diagnostics.PacketInspection;
using MQTTnet.Formatter;

namespace EdgeBroker.Tests.MqttNet;

/// <summary>An MQTTnet client that queues its inbound messages as they arrive.</summary>
internal sealed class TestClient : IDisposable
{
    private static readonly MqttClientFactory _factory = new();

    private readonly IMqttClient _client = _factory.CreateMqttClient();
    private readonly Channel<MqttApplicationMessage> _inbox =
        Channel.CreateUnbounded<MqttApplicationMessage>();
    private readonly TaskCompletionSource<MqttClientDisconnectedEventArgs> _disconnected =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestClient()
    {
        _client.ApplicationMessageReceivedAsync += Receive;
        _client.DisconnectedAsync += Disconnect;
        _client.InspectPacketAsync += KeepFirstInbound;
    }

    /// <summary>What MQTTnet read from CONNACK.</summary>
    public MqttClientConnectResult ConnAck { get; private set; }

    /// <summary>CONNACK as it was on the wire.</summary>
    public byte[] ConnAckBytes { get; private set; }

    public bool IsConnected => _client.IsConnected;

    /// <summary>Connects to the shared broker and demands success.</summary>
    public static Task<TestClient> ConnectAsync(
        MqttProtocolVersion version, Action<MqttClientOptionsBuilder> configure = null)
    {
        return ConnectAsync(TestBroker.Host, TestBroker.Port, version, configure);
    }

    /// <summary>Connects to the given broker and demands success.</summary>
    public static async Task<TestClient> ConnectAsync(
        string host, int port, MqttProtocolVersion version,
        Action<MqttClientOptionsBuilder> configure = null)
    {
        MqttClientOptionsBuilder options = _factory.CreateClientOptionsBuilder()
            .WithTcpServer(host, port)
            .WithProtocolVersion(version)
            .WithTimeout(TestBroker.Patience);
        configure?.Invoke(options);

        var client = new TestClient();
        client.ConnAck = await client._client.ConnectAsync(options.Build());
        Assert.AreEqual(MqttClientConnectResultCode.Success, client.ConnAck.ResultCode);
        return client;
    }

    /// <summary>Subscribes to one Topic Filter at QoS 0 and demands that it is granted.</summary>
    public async Task SubscribeAsync(string topicFilter)
    {
        MqttClientSubscribeResultCode code = await SubscribeAsync(
            new MqttTopicFilterBuilder().WithTopic(topicFilter));
        Assert.AreEqual(MqttClientSubscribeResultCode.GrantedQoS0, code);
    }

    /// <summary>Subscribes to one Topic Filter and returns the Reason Code of SUBACK.</summary>
    public async Task<MqttClientSubscribeResultCode> SubscribeAsync(MqttTopicFilterBuilder filter)
    {
        MqttClientSubscribeResult result = await _client.SubscribeAsync(filter.Build());
        Assert.HasCount(1, result.Items);
        foreach (MqttClientSubscribeResultItem item in result.Items)
        {
            return item.ResultCode;
        }

        return MqttClientSubscribeResultCode.UnspecifiedError;
    }

    /// <summary>Publishes at QoS 0.</summary>
    public Task PublishAsync(string topic, string payload, bool retain = false)
    {
        return PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(payload).WithRetainFlag(retain));
    }

    /// <summary>Publishes as described; above QoS 0 this waits for the answer.</summary>
    public Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessageBuilder message)
    {
        return _client.PublishAsync(message.Build()).WaitAsync(TestBroker.Patience);
    }

    /// <summary>Sends PINGREQ and waits for PINGRESP.</summary>
    public Task PingAsync()
    {
        return _client.PingAsync().WaitAsync(TestBroker.Patience);
    }

    /// <summary>Sends DISCONNECT and closes.</summary>
    public Task DisconnectAsync()
    {
        return _client.DisconnectAsync();
    }

    /// <summary>The next inbound message.</summary>
    public Task<MqttApplicationMessage> NextAsync()
    {
        return NextAsync(TestBroker.Patience);
    }

    /// <summary>The next inbound message.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public Task<MqttApplicationMessage> NextAsync(TimeSpan patience)
    {
        return _inbox.Reader.ReadAsync().AsTask().WaitAsync(patience);
    }

    /// <summary>Waits until the broker has ended the Network Connection.</summary>
    public Task<MqttClientDisconnectedEventArgs> WhenDisconnectedAsync()
    {
        return _disconnected.Task.WaitAsync(TestBroker.Patience);
    }

    /// <summary>Tears the Network Connection down; MQTTnet sends no DISCONNECT here.</summary>
    public void Dispose()
    {
        _client.Dispose();
    }

    private Task Receive(MqttApplicationMessageReceivedEventArgs received)
    {
        _inbox.Writer.TryWrite(received.ApplicationMessage);
        return Task.CompletedTask;
    }

    private Task Disconnect(MqttClientDisconnectedEventArgs disconnected)
    {
        _disconnected.TrySetResult(disconnected);
        return Task.CompletedTask;
    }

    private Task KeepFirstInbound(InspectMqttPacketEventArgs packet)
    {
        if (packet.Direction == MqttPacketFlowDirection.Inbound && ConnAckBytes == null)
        {
            ConnAckBytes = packet.Buffer;
        }

        return Task.CompletedTask;
    }
}
