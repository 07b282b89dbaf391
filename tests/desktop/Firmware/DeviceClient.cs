using System;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>A 3.1.1 client over a real socket that says no more than it is told to.</summary>
internal sealed class DeviceClient : IDisposable
{
    private readonly Socket _socket =
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Opens a network connection.</summary>
    public DeviceClient(int port, int receiveBuffer = 0)
    {
        _socket.NoDelay = true;
        _socket.ReceiveTimeout = Device.PatienceMs;
        _socket.SendTimeout = Device.PatienceMs;
        if (receiveBuffer > 0)
        {
            _socket.ReceiveBufferSize = receiveBuffer;
        }

        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>Whether it is connected and the other end has not closed.</summary>
    public bool IsOpen => !(_socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0);

    /// <summary>A client whose CONNECT was accepted.</summary>
    public static DeviceClient Connected(int port, string clientId, int keepAliveS = 60)
    {
        var client = new DeviceClient(port);
        if (client.TryConnect(clientId, keepAliveS))
        {
            return client;
        }

        client.Dispose();
        throw new InvalidOperationException(clientId + " was not accepted");
    }

    /// <summary>Connects, again and again until it is accepted.</summary>
    public static DeviceClient Persistent(int port, string clientId, int keepAliveS)
    {
        DeviceClient client = null;
        Device.WaitUntil(() => (client = Try(port, clientId, keepAliveS)) != null, clientId);
        return client;
    }

    /// <summary>Sends CONNECT and reads the answer.</summary>
    public bool TryConnect(string clientId, int keepAliveS = 60)
    {
        byte[] id = Encoding.UTF8.GetBytes(clientId);
        byte[] rest = [(byte)(keepAliveS >> 8), (byte)keepAliveS, 0, (byte)id.Length, .. id];
        Send([0x10, (byte)(8 + rest.Length), 0, 4, .. "MQTT"u8, 4, 2, .. rest]);
        byte[] connack = Read(4);
        return connack != null && connack[0] == 0x20 && connack[3] == 0;
    }

    /// <summary>Subscribes at QoS 0.</summary>
    public void Subscribe(string filter)
    {
        byte[] name = Encoding.UTF8.GetBytes(filter);
        Send([0x82, (byte)(name.Length + 5), 0, 1, 0, (byte)name.Length, .. name, 0]);
        if (Read(5) is not [0x90, 3, 0, 1, 0])
        {
            throw new InvalidOperationException("SUBSCRIBE was not granted");
        }
    }

    /// <summary>The bytes of a PUBLISH at QoS 0 of up to 127 bytes.</summary>
    public static byte[] PublishOf(string topicName, string payload)
    {
        byte[] name = Encoding.UTF8.GetBytes(topicName);
        byte[] body = [0, (byte)name.Length, .. name, .. Encoding.UTF8.GetBytes(payload)];
        return [0x30, (byte)body.Length, .. body];
    }

    /// <summary>Publishes at QoS 0.</summary>
    public void Publish(string topicName, string payload) => Send(PublishOf(topicName, payload));

    /// <summary>Reads the payload of the next PUBLISH.</summary>
    public string ReadMessage()
    {
        byte[] head = Read(2) ?? throw new InvalidOperationException("closed");
        byte[] body = Read(head[1]);
        int name = body[1];
        return Encoding.UTF8.GetString(body, 2 + name, body.Length - 2 - name);
    }

    /// <summary>Sends bytes as they are.</summary>
    public void Send(ReadOnlySpan<byte> bytes) => _socket.Send(bytes);

    /// <summary>Sends the last bytes and waits until the other end has closed.</summary>
    public void SendAndFinish(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _socket.Send(bytes);
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It was thrown out before all was said.
            return;
        }

        while (Read(1) != null)
        {
        }
    }

    /// <summary>Reads so many bytes; null when the other end closes before.</summary>
    public byte[] Read(int count)
    {
        var bytes = new byte[count];
        int length = 0;
        while (length < count)
        {
            int got;
            try
            {
                got = _socket.Receive(bytes, length, count - length, SocketFlags.None);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
            {
                return null;
            }

            if (got == 0)
            {
                return null;
            }

            length += got;
        }

        return bytes;
    }

    public void Dispose() => _socket.Dispose();

    private static DeviceClient Try(int port, string clientId, int keepAliveS)
    {
        DeviceClient client = null;
        try
        {
            client = new DeviceClient(port);
            if (client.TryConnect(clientId, keepAliveS))
            {
                return client;
            }
        }
        catch (SocketException)
        {
            // Not there yet.
        }

        client?.Dispose();
        return null;
    }
}
