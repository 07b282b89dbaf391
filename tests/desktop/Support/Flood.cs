using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using EdgeBroker.Codec;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Support;

/// <summary>
/// Publishers that send as fast as their sockets take it, and one subscriber that reads, each in
/// a thread of its own. Payloads hold as much of a sequence number as they have room for.
/// </summary>
internal sealed class Flood
{
    private const int PatienceMs = 20_000;
    private const int StackBytes = 256 * 1024;
    private const int BatchBytes = 16 * 1024;
    private const int SequenceBytes = 4;
    private const int TopicLength = 5;

    private readonly int _port;
    private readonly byte _version;
    private readonly int _publishers;
    private readonly int _each;
    private readonly int _payload;
    private readonly int[] _next;
    private Exception _failure;

    private Flood(int port, byte version, int publishers, int messages, int payload)
    {
        _port = port;
        _version = version;
        _publishers = publishers;
        _each = messages / publishers;
        _payload = payload;
        _next = new int[publishers];
    }

    /// <summary>Sends them all and asserts that all arrive, in each publisher's order.</summary>
    public static void AssertAllArrive(
        int port, byte version, int publishers, int messages, int payload)
    {
        var flood = new Flood(port, version, publishers, messages, payload);
        flood.Run();
        Assert.IsNull(flood._failure, flood._failure?.ToString());
        Assert.AreEqual(flood._each * publishers, flood._next.Sum(), "messages that arrived");
    }

    private void Run()
    {
        using Socket subscriber = Connect("flood-subscriber");
        byte[] properties = _version == ProtocolVersion.V5 ? [0] : [];
        byte[] body = [0, 1, .. properties, 0, 3, .. "f/#"u8, 0];
        subscriber.Send([0x82, (byte)body.Length, .. body]);
        Skip(subscriber);
        Socket[] sockets =
            [.. Enumerable.Range(0, _publishers).Select(i => Connect("flood-publisher-" + i))];
        Thread reader = Start(() => ReadAll(subscriber));
        Thread[] writers = [.. sockets.Select((socket, i) => Start(() => Write(socket, i)))];
        reader.Join();
        foreach (Socket socket in sockets)
        {
            socket.Dispose();
        }

        foreach (Thread writer in writers)
        {
            writer.Join();
        }
    }

    private Thread Start(Action work)
    {
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _failure, e, null);
            }
        }, StackBytes);
        thread.Start();
        return thread;
    }

    private Socket Connect(string clientId)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = PatienceMs,
            SendTimeout = PatienceMs,
        };
        socket.Connect(IPAddress.Loopback, _port);
        byte[] properties = _version == ProtocolVersion.V5 ? [0] : [];
        byte[] id = System.Text.Encoding.UTF8.GetBytes(clientId);
        byte[] rest = [0, 0, .. properties, 0, (byte)id.Length, .. id];
        socket.Send([0x10, (byte)(8 + rest.Length), 0, 4, .. "MQTT"u8, _version, 2, .. rest]);
        Skip(socket);
        return socket;
    }

    /// <summary>Reads a short answer.</summary>
    private static void Skip(Socket socket)
    {
        var answer = new byte[256];
        int length = 0;
        while (length < 2 || length < answer[1] + 2)
        {
            int got = socket.Receive(answer, length, 1, SocketFlags.None);
            Assert.AreEqual(1, got, "the broker has closed");
            length += got;
        }
    }

    private void Write(Socket socket, int publisher)
    {
        byte[] packet = Publish(publisher);
        int sequenceBytes = Math.Min(_payload, SequenceBytes);
        var batch = new byte[Math.Max(BatchBytes / packet.Length, 1) * packet.Length];
        int sent = 0;
        while (sent < _each)
        {
            int length = 0;
            for (; sent < _each && length < batch.Length; sent++)
            {
                packet.CopyTo(batch, length);
                for (int i = 0; i < sequenceBytes; i++)
                {
                    batch[length + packet.Length - _payload + i] = (byte)(sent >> (8 * i));
                }

                length += packet.Length;
            }

            for (int at = 0; at < length;)
            {
                at += socket.Send(batch, at, length - at, SocketFlags.None);
            }
        }
    }

    private byte[] Publish(int publisher)
    {
        byte[] properties = _version == ProtocolVersion.V5 ? [0] : [];
        byte[] topic = System.Text.Encoding.UTF8.GetBytes($"f/{publisher:D3}");
        byte[] body = [0, TopicLength, .. topic, .. properties, .. new byte[_payload]];
        var length = new byte[4];
        int used = FixedHeader.WriteRemainingLength(length, 0, body.Length);
        return [0x30, .. length.AsSpan(0, used), .. body];
    }

    private void ReadAll(Socket socket)
    {
        int size = Publish(0).Length;
        int topic = size - _payload - (_version == ProtocolVersion.V5 ? 1 : 0) - TopicLength;
        var buffer = new byte[256 * 1024];
        int have = 0;
        for (int left = _each * _publishers; left > 0;)
        {
            int got = socket.Receive(buffer, have, buffer.Length - have, SocketFlags.None);
            if (got == 0)
            {
                throw new InvalidOperationException("the broker has closed");
            }

            have += got;
            int at = 0;
            for (; have - at >= size; at += size, left--)
            {
                Take(buffer, at + topic, at + size - _payload);
            }

            Array.Copy(buffer, at, buffer, 0, have - at);
            have -= at;
        }
    }

    private void Take(byte[] buffer, int topic, int payload)
    {
        int publisher = int.Parse(System.Text.Encoding.UTF8.GetString(buffer, topic + 2, 3));
        int expected = _next[publisher]++;
        for (int i = 0; i < Math.Min(_payload, SequenceBytes); i++)
        {
            if (buffer[payload + i] != (byte)(expected >> (8 * i)))
            {
                throw new InvalidOperationException(
                    $"publisher {publisher}: not message {expected} is the next one");
            }
        }
    }
}
