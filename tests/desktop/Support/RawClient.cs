using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeBroker.Codec;
using EdgeBroker.Codec.Client;

namespace EdgeBroker.Tests.Desktop.Support;

/// <summary>
/// A client that knows just enough of MQTT to say right and wrong things over a real socket.
/// </summary>
internal sealed class RawClient : IDisposable
{
    private const int PatienceMs = 10_000;

    private readonly Socket _socket;
    private readonly byte[] _read = new byte[4096];
    private int _readAt;
    private int _readEnd;

    /// <summary>Opens a network connection to a broker on this computer.</summary>
    /// <param name="port">The broker's port.</param>
    /// <param name="receiveBuffer">Bytes that wait in the client's socket; 0 for as usual.</param>
    public RawClient(int port, int receiveBuffer = 0)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = PatienceMs,
            SendTimeout = PatienceMs,
        };
        if (receiveBuffer > 0)
        {
            _socket.ReceiveBufferSize = receiveBuffer;
        }

        _socket.Connect(IPAddress.Loopback, port);
        Address = _socket.LocalEndPoint.ToString();
    }

    /// <summary>The client's own address, as the broker sees it.</summary>
    public string Address { get; }

    /// <summary>Opens a connection and has it accepted.</summary>
    public static RawClient Connected(int port, byte version, string clientId)
    {
        var client = new RawClient(port);
        byte[] connack = client.Connect(version, clientId);
        return connack != null && connack[0] == 0x20 && connack[3] == 0
            ? client
            : throw new InvalidOperationException(
                "not accepted: " + Convert.ToHexString(connack ?? []));
    }

    /// <summary>Sends CONNECT and reads the answer, see ReadPacket.</summary>
    public byte[] Connect(byte version, string clientId)
    {
        byte[] id = Encoding.UTF8.GetBytes(clientId);
        var connect = new ConnectPacket
        {
            Buffer = id,
            Version = version,
            Flags = ConnectFlags.CleanStart,
            KeepAliveS = 60,
            ClientIdLength = id.Length,
        };
        var packet = new byte[id.Length + 64];
        int length = ConnectEncoder.Encode(connect, packet, 0, packet.Length);
        Send(packet.AsSpan(0, length));
        return ReadPacket();
    }

    /// <summary>Sends SUBSCRIBE for one filter at QoS 0 and reads the answer.</summary>
    public byte[] Subscribe(byte version, string filter)
    {
        byte[] name = Encoding.UTF8.GetBytes(filter);
        byte[] properties = version == ProtocolVersion.V5 ? [0] : [];
        byte[] body =
            [0, 1, .. properties, (byte)(name.Length >> 8), (byte)name.Length, .. name, 0];
        Send([0x82, (byte)body.Length, .. body]);
        return ReadPacket();
    }

    /// <summary>Sends PUBLISH at QoS 0; topic and payload fit into 127 bytes.</summary>
    public void Publish(byte version, string topicName, string payload)
    {
        byte[] name = Encoding.UTF8.GetBytes(topicName);
        byte[] properties = version == ProtocolVersion.V5 ? [0] : [];
        byte[] body =
            [0, (byte)name.Length, .. name, .. properties, .. Encoding.UTF8.GetBytes(payload)];
        Send([0x30, (byte)body.Length, .. body]);
    }

    /// <summary>Sends bytes as they are.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>Sends the same again and again until nothing was taken for a second.</summary>
    /// <returns>Bytes that were sent.</returns>
    public int Fill(byte[] pattern)
    {
        int sent = 0;
        _socket.Blocking = false;
        while (_socket.Poll(1_000_000, SelectMode.SelectWrite))
        {
            sent += _socket.Send(pattern.AsSpan(sent % pattern.Length), SocketFlags.None, out _);
        }

        _socket.Blocking = true;
        return sent;
    }

    /// <summary>Sends an annotated vector, see Hex.</summary>
    public void SendHex(string text)
    {
        Send(Hex.Parse(text));
    }

    /// <summary>Reads one Control Packet with its Fixed Header.</summary>
    /// <returns>Null when the broker has closed the connection.</returns>
    public byte[] ReadPacket()
    {
        byte[] first = Read(2);
        if (first == null)
        {
            return null;
        }

        byte[] header = first;
        int remaining = header[1] & 0x7F;
        for (int shift = 7; (header[^1] & 0x80) != 0; shift += 7)
        {
            header = [.. header, .. Read(1)];
            remaining |= (header[^1] & 0x7F) << shift;
        }

        return [.. header, .. Read(remaining)];
    }

    /// <summary>Says that nothing more will be sent, and goes on reading.</summary>
    public void EndSending()
    {
        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Ends the connection with a TCP reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <summary>Ends the connection without a word.</summary>
    public void Dispose()
    {
        _socket.Dispose();
    }

    private byte[] Read(int count)
    {
        var bytes = new byte[count];
        for (int at = 0; at < count; at++)
        {
            if (_readAt == _readEnd && !ReadMore())
            {
                return at == 0 ? null : throw new InvalidOperationException("half a packet");
            }

            bytes[at] = _read[_readAt++];
        }

        return bytes;
    }

    private bool ReadMore()
    {
        _readAt = 0;
        _readEnd = _socket.Receive(_read, SocketFlags.None, out SocketError error);
        return error == SocketError.TimedOut
            ? throw new TimeoutException("the broker sends nothing and does not close")
            : _readEnd > 0;
    }
}
